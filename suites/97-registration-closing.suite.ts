import { CheckFailed } from '../harness/model/errors.ts';
import { runtimeOf } from '../harness/runtimes/registry.ts';
import type { Actor } from '../harness/stage/actor.ts';
import { check } from '../harness/stage/check.ts';
import { connections } from '../harness/stage/connections.ts';
import { endedLaunches } from '../harness/stage/ended-launches.ts';
import { endings } from '../harness/stage/endings.ts';
import { warmWorker } from '../harness/stage/exercised.ts';
import { launches } from '../harness/stage/launches.ts';
import { livedLong } from '../harness/stage/lived-long.ts';
import { crowdedNamespaces, workersOf } from '../harness/stage/listed-workers.ts';
import { keepOwnStarts } from '../harness/stage/own-starts.ts';
import { mustSee, polledAfterEnd, polledBySeveral, sightingText, strayPolls } from '../harness/stage/who-polls.ts';
import { isHarness } from '../harness/temporal/pollers.ts';
import { isPosted } from '../harness/temporal/post.ts';

// Who polls is read where each launch reaches the server, for as long as the run lasts, and asked of the server once they have ended.

const watched = (all: readonly Actor[]): Actor[] => all.filter(({ polling }) => (polling?.seen ?? []).length > 0);

/** How a worker of this make comes to start itself. */
const more = (runtime: string | undefined): string => `look for what starts it: ${runtimeOf(runtime).words.itself ?? itself}, a ` +
  'supervisor that starts two; where several are meant to, say so (temporal.processes)';
const itself = 'a script that is started by the path of the worker (sys.executable, process.execPath: branch on an argument first), ' +
  'a pool that runs the main script again';

check('registration.sole', async (context) => {
  const { use, run, evidence, note } = context;
  const worker = await use(warmWorker);
  await livedLong(context);
  await use(endedLaunches);
  const { server } = await use(connections);
  const { all } = await use(launches);
  const [late] = polledAfterEnd(all, await use(endings));
  if (late !== undefined) {
    throw new CheckFailed('a process goes on polling after the worker was stopped and has ended', {
      expected: 'nobody polls the queue once the worker has ended', got: sightingText(late), remedy: 'end and await what the worker starts',
    });
  }
  const processes = run.contract?.temporal.processes ?? 1;
  const several = polledBySeveral(all, processes);
  const pollers = await worker.site.pollers(worker.post);
  const own = new Set(pollers.map(({ identity }) => identity).filter((identity) => worker.isOwn(identity)));
  const crowded = server.kind === 'external' ? [] : await crowdedNamespaces(all, processes);
  if (several[0] !== undefined || own.size > processes || crowded[0] !== undefined) {
    const got = several[0]?.map(sightingText) ?? (own.size > processes ? [...own] : crowded);
    evidence('who polls', 'pollers.txt', [...several.flat().map(sightingText), ...own, ...crowded].join('\n'));
    for (const { actor } of several[0]?.slice(0, 1) ?? []) await keepOwnStarts(context, actor.launch);
    throw new CheckFailed(`${processes === 1 ? 'several' : `more than ${processes}`} processes of one launch poll the queue`, {
      expected: processes === 1 ? 'one polling process' : `at most ${processes} polling processes`, got: got.join('\n'),
      remedy: more(run.identity.runtime),
    });
  }
  const foreign = pollers.filter(({ identity }) => !worker.isOwn(identity) && !isHarness(identity));
  if (foreign.length > 0) {
    throw new CheckFailed('somebody else polls the queue too', {
      expected: 'pollers of this launch only',
      got: [...new Set(foreign.map(({ identity }) => identity))].join(', '),
      remedy: 'look for a process outside this launch that was told the same task queue',
    });
  }
  mustSee(all);
  // On somebody else's server polls are not seen on their way, and the server alone tells.
  context.compares(watched(all).length + own.size, 'launches and pollers');
  note(processes === 1 ? 'one process in each launch' : `at most ${processes} processes in each launch`);
});

check('registration.everywhere', async (context) => {
  const { use, note, evidence } = context;
  await use(warmWorker);
  await livedLong(context);
  await use(endedLaunches);
  const { all } = await use(launches);
  const stray = strayPolls(all);
  const workers = await workersOf(all);
  context.compares(watched(all).length + workers.length, 'launches and listed workers');
  const foreign = workers.filter(({ taskQueue }) => !all.some(({ post }) => isPosted(post, taskQueue)));
  note(`${all.filter(({ polling }) => polling).length} launches watched, ${workers.length} workers listed`);
  if (stray.length + foreign.length === 0) return mustSee(all);
  const places = new Set([
    ...stray.map(({ actor, poll }) => (poll.namespace === actor.post.namespace ? poll.taskQueue : `${poll.taskQueue} in namespace ` +
      poll.namespace)),
    ...foreign.map(({ taskQueue }) => taskQueue),
  ]);
  const lines = [...stray.map(sightingText), ...foreign.map((entry) => `the server lists ${JSON.stringify(entry)}`)];
  evidence('polls of task queues that nobody named', 'workers.txt', lines.join('\n'));
  throw new CheckFailed(`it also polls task queue ${[...places].join(', ')}, which nobody told it`, {
    expected: 'polls of the task queue and in the namespace that the contract names only',
    got: lines.slice(0, 3).join('\n'),
    remedy: 'take every task queue and namespace from the configuration; a fixed one takes the tasks of whoever else uses that server',
  });
});

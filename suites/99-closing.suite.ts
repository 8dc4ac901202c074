import { leftOverRemedy } from '../harness/runtimes/registry.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { connections } from '../harness/stage/connections.ts';
import { endedLaunches } from '../harness/stage/ended-launches.ts';
import { endings, type Ending } from '../harness/stage/endings.ts';
import { exercised, warmWorker } from '../harness/stage/exercised.ts';
import { launches } from '../harness/stage/launches.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { exitCodesText, exitText, promisedStop } from '../harness/stage/promised-stop.ts';
import { wilsonInterval } from '../harness/stage/proportion.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { leaksOf, secretsOfLaunch } from '../harness/stage/secrets.ts';
import { CheckFailed, CouldNotJudge } from '../harness/model/errors.ts';
import { listWorkers, pidsIn } from '../harness/temporal/pollers.ts';

// What looks at every launch of the run: after all suites, when the last launch has ended.

const promised = promisedStop(runContext().contract);

check('environment.secrets', async ({ use, run, note }) => {
  const secrets = Object.values(run.contract?.environment ?? {}).filter(({ secret, value }) => secret && value === undefined);
  if (secrets.length === 0) throw new NotApplicable('the contract names no secret');
  await use(exercised);
  await use(endedLaunches);
  const { all } = await use(launches);
  const leaks = all.flatMap((actor) => leaksOf(actor, secretsOfLaunch(actor, run)));
  const [leak] = leaks;
  if (leak !== undefined) {
    throw new CheckFailed(`the value of ${leak.variable} is seen in ${leak.where}`, {
      expected: 'no secret in output, histories, command lines or files',
      got: [...new Set(leaks.map(({ variable, where }) => `${variable} in ${where}`))].slice(0, 10).join('; '),
      remedy: 'do not log the environment or the configuration object; mask secrets where they are read',
    });
  }
  note(`${all.length} launches searched for ${secrets.length} secrets`);
});

check('registration.everywhere', async ({ use, note, evidence }) => {
  await use(warmWorker);
  await use(endedLaunches);
  const { connection, server } = await use(connections);
  if (server.kind === 'external') throw new NotApplicable('not looked for on a server that is not ours: others may work there');
  const { all } = await use(launches);
  const namespaces = new Set(all.flatMap(({ launch, post }) => (launch.command.variant === 'subject' ? post.namespace : [])));
  const listed = await Promise.all([...namespaces].map(async (namespace) => (await listWorkers(connection, namespace)) ?? []));
  // The harness has a worker of its own, for activities without a workflow.
  const workers = listed.flat().filter(({ identity }) => !pidsIn(identity).includes(process.pid));
  if (workers.length === 0) throw new NotApplicable('not looked for: neither the server nor the SDK lists the workers of a namespace');
  note(`${workers.length} workers listed`);
  const told = new Set(all.map(({ post }) => post.taskQueue));
  const foreign = workers.filter(({ taskQueue }) => !told.has(taskQueue));
  if (foreign.length === 0) return;
  const queues = [...new Set(foreign.map(({ taskQueue }) => taskQueue))];
  evidence('workers on task queues that nobody named', 'workers.txt', foreign.map((worker) => JSON.stringify(worker)).join('\n'));
  throw new CheckFailed(`it also polls task queue ${queues.join(', ')}, which nobody told it`, {
    expected: 'workers on the task queue that the contract names only',
    got: `${foreign.length} of ${workers.length} workers listed by the server, for example ${foreign[0]?.identity} on ${queues[0]}`,
    remedy: 'take every task queue from the configuration; a fixed one takes the tasks of whoever else uses that server',
  });
});

const of = (variant: 'subject' | 'baseline', all: readonly Ending[]): Ending[] =>
  all.filter(({ launch }) => launch.command.variant === variant);
const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;

check('shutdown.every-launch', async ({ use, note, evidence }) => {
  const stopped = (await use(endedLaunches)).filter(({ signal }) => signal !== undefined);
  const own = of('subject', stopped);
  if (own.length === 0) throw new CouldNotJudge('no launch was stopped by a signal');
  const all = await use(endings);
  const bad = own.filter((ending) => all.isBad(ending));
  const { low, high } = wilsonInterval(bad.length, own.length);
  const rate = `${bad.length} of ${own.length} stops not as promised`;
  const interval = `95 %: ${percent(low)} to ${percent(high)}`;
  note(`${rate} (${interval})`);
  const [first] = bad;
  const excuse = own.find((ending) => ending.excuse)?.excuse;
  if (first === undefined && excuse !== undefined) throw new CouldNotJudge(`a stop took ${excuse}`);
  if (first === undefined) return;
  evidence(`output of a launch that ended with ${exitText(first.exit)}`, 'output.log', first.launch.output.text());
  const baseline = of('baseline', stopped);
  const alike = baseline.filter((ending) => all.isBad(ending) && exitText(ending.exit) === exitText(first.exit));
  const beside = baseline.length === 0 ? 'there is no baseline to compare with' : `the baseline did so in ${alike.length} of ` +
    `${baseline.length}`;
  const kinds = Map.groupBy(bad, ({ signal, exit }) => `${signal}: ${exitText(exit)}`);
  const source = alike.length > 0 ? '; not from freezing, the same happens from source' : '';
  throw new CheckFailed(`${rate}: ${exitText(first.exit)} (${interval})${source}`, {
    expected: `exit code ${exitCodesText(promised)} within ${promised.withinMs / 1000} s after ${promised.signals.join(' or ')}, ` +
      'whatever the launch did before',
    got: `${[...kinds].map(([kind, same]) => `${kind} (${same.length})`).join(', ')}; ${beside}`,
    remedy: alike.length > 0
      ? 'end the process after the clean stop with: flush the logs, then os._exit(code); or accept it in the contract (shutdown.exitCode)'
      : 'look at the output of that launch: what was it doing when the signal came?',
  });
});

/** Launches that ended before anything was cleaned up behind them. */
async function seen(use: CheckContext['use']): Promise<Ending[]> {
  const all = of('subject', await use(endedLaunches)).filter(({ exit }) => exit !== undefined);
  if (all.length === 0) throw new CouldNotJudge('no launch ended by itself or by a signal');
  return all;
}

check('shutdown.survivors', async ({ use, note }) => {
  const all = await seen(use);
  const bad = all.filter(({ remains }) => remains.survivors.length > 0);
  note(`${all.length} launches`);
  if (bad.length === 0) return;
  const survivors = bad.flatMap(({ remains }) => remains.survivors.map((entry) => `${entry.pid} ${entry.command}`));
  throw new CheckFailed(`a process outlived its worker in ${bad.length} of ${all.length} launches`, {
    expected: 'no process of the launch is left',
    got: survivors.slice(0, 5).join('\n'),
    remedy: 'end and await what the worker starts before it exits; a process that still polls goes on taking tasks with old code',
  });
});

check('shutdown.left-overs', async ({ use, note }) => {
  const all = await seen(use);
  const bad = all.filter(({ remains }) => remains.leftOvers.length > 0);
  note(`${all.length} launches`);
  const [first] = bad;
  if (first === undefined) return;
  throw new CheckFailed(`files are left in the directory for temporary files after ${bad.length} of ${all.length} launches`, {
    expected: 'an empty TMPDIR',
    got: `${first.remains.leftOvers.join(', ')} (${(first.remains.leftOverBytes / 1e6).toFixed(1)} MB)`,
    remedy: leftOverRemedy(first.remains.leftOvers) ??
      'remove temporary files at shutdown, for example with tempfile.TemporaryDirectory',
  });
});

import { CheckFailed, CouldNotJudge } from '../harness/model/errors.ts';
import { shorten } from '../harness/model/text.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { endedBy } from '../harness/stage/ended-by.ts';
import type { Ending } from '../harness/stage/endings.ts';
import { judgeExits, mustStopOrdinarily, type Ordinary } from '../harness/stage/judge-exits.ts';
import { survivorsOf } from '../harness/stage/judge-remains.ts';
import { launches } from '../harness/stage/launches.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { exitCodesText, promisedStop } from '../harness/stage/promised-stop.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { adviceFor } from '../harness/stage/stop-advice.ts';
import { stops, stopsOf } from '../harness/stage/stops.ts';
import { atOnceIn } from '../harness/stage/turns.ts';
import { killed, toTheChild } from '../harness/stage/ways.ts';
import { workerSdk } from '../harness/stage/worker-sdk.ts';

// Ordinary launches of the run end in these ways, by turns (harness/stage/ways.ts); where none did, one more is started for it.

const promised = promisedStop(runContext().contract);
const work = { launches: stopsOf(runContext()) + 1, atOnce: atOnceIn(runContext()) };

/** The stops of idle workers that this run made for themselves. */
async function idleStops({ use }: CheckContext, signal: NodeJS.Signals): Promise<Ordinary> {
  await (await use(launches)).mustStart();
  return { signal, idle: await (await use(stops)).of(signal, 'idle') };
}

for (const signal of promised.signals) {
  check(`shutdown.${signal.toLowerCase()}.group.idle`, async (context) => {
    const ordinary = await idleStops(context, signal);
    const all = await endedBy(context, { signal, target: 'group' });
    mustStopOrdinarily(promised, ordinary, 'exits');
    await judgeExits(promised, { all, signal, own: 'group' }, context);
  }, { work });
}

const { main } = promised;

check(`shutdown.${main.toLowerCase()}.child.idle`, async (context) => {
  const ordinary = await idleStops(context, main);
  const all = await endedBy(context, toTheChild(promised));
  if (all.length === 0) throw new NotApplicable('the worker is one process');
  mustStopOrdinarily(promised, ordinary, 'exits');
  const stays = all.find(({ workerEnded }) => workerEnded === false);
  if (stays !== undefined) {
    throw new CheckFailed(`${main} to the worker's own process does not end that`, {
      expected: `the end of that process within ${promised.withinMs / 1000} s`,
      got: 'it still runs',
      remedy: `handle ${main} in the process that polls, whoever sends it`,
    });
  }
  if (all.some(({ workerEnded }) => workerEnded === undefined)) throw new CouldNotJudge('the worker waited for a CPU for too long');
  const waits = all.find(({ exit, excuse }) => exit === undefined && excuse === undefined);
  if (waits !== undefined) {
    context.evidence('output of a launch whose started process stays', 'output.log', waits.launch.output.text());
    throw new CheckFailed('the started process goes on after its worker was told to end and has ended', {
      expected: `its end within ${promised.withinMs / 1000} s, with exit code ${exitCodesText(promised)}`,
      got: 'still running',
      remedy: 'let whatever starts the worker wait for its end (waitpid) and end with its exit code, instead of waiting for a signal ' +
        'of its own',
    });
  }
  await judgeExits(promised, { all, signal: main }, context);
  await mustLeaveNothing(all, ordinary, context, `after ${main} to the worker's own process`);
}, { work });

check('shutdown.sigkill.parent.idle', async (context) => {
  const ordinary = await idleStops(context, main);
  const all = await endedBy(context, killed);
  context.compares(all.length, 'launches');
  const outliving = all.filter(({ remains }) => remains.survivors.length > 0);
  const [first] = outliving.flatMap(({ remains }) => remains.survivors);
  context.note(first === undefined ? 'nothing outlives it' : 'a process outlives it, which the contract allows');
  if (first === undefined) return;
  if (promised.parentKilled === 'ends') return mustLeaveNothing(all, ordinary, context, 'after its started process was killed');
  const commands = outliving.flatMap(({ remains }) => remains.survivors.map(({ pid, command }) => `${pid} ${command}`));
  context.evidence('what outlived the killed process', 'outlived.txt', `${commands.join('\n')}\n`);
  const command = shorten(first.command, 80);
  context.found([{ kind: 'outlives-parent', args: { command }, line: `${commands.length} alive: ${commands[0]}`, names: [] }]);
}, { work });

/** @throws {CheckFailed} when a process was left after one of these stops that no ordinary stop leaves. */
async function mustLeaveNothing(
  all: readonly Ending[], { idle, signal }: Ordinary, context: CheckContext, when: string,
): Promise<void> {
  const survivors = all.flatMap((stop) => survivorsOf(stop, idle));
  if (survivors.length === 0) return;
  throw new CheckFailed(`${when} ${survivors[0]} lives on`, {
    expected: `no process of the launch within ${promised.withinMs / 1000} s`,
    got: survivors.slice(0, 5).join('\n'),
    remedy: adviceFor('orphaned', await workerSdk(context), signal),
  });
}

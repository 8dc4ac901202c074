import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { compare } from '../harness/stage/expectation.ts';
import { leaving } from '../harness/stage/leaving.ts';
import { exitCodesText, exitText, isAsPromised, promisedStop } from '../harness/stage/promised-stop.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { begun, held } from '../harness/stage/stops-begun.ts';
import { stopsOf, type Stop } from '../harness/stage/stops.ts';
import { atOnce } from '../harness/stage/turns.ts';
import { summarise } from '../harness/stage/summary.ts';
import { CheckFailed, CouldNotJudge } from '../harness/model/errors.ts';
import { historyText } from '../harness/temporal/history.ts';

const promised = promisedStop(runContext().contract);
const limitMs = promised.withinMs;

/** Fails unless every stop ended as promised, in time. */
function judgeExits(all: readonly Stop[], signal: string, { id, note, evidence, value, measured }: CheckContext): void {
  const good = all.filter(({ exit, stopMs }) => isAsPromised(promised, exit) && stopMs <= limitMs);
  const slowestMs = Math.max(...all.map((stop) => stop.stopMs));
  note(`${all.length} stops, exit ${exitCodesText(promised)} in ${good.length}, slowest ${(slowestMs / 1000).toFixed(1)} s`);
  value(Math.round(slowestMs), 'ms', limitMs);
  const samples = all.map((stop) => Math.round(stop.stopMs));
  const title = `${signal} ${id.split('.').at(-1)}: time to stop`;
  measured(summarise({ metric: id, title, unit: 'ms', variant: 'subject', samples, limit: limitMs }));
  const late = all.find((stop) => !good.includes(stop));
  const bad = all.find((stop) => !good.includes(stop) && stop.excuse === undefined);
  if (bad === undefined && late !== undefined) throw new CouldNotJudge(`a stop took ${late.excuse}`);
  if (bad === undefined) return;
  evidence('output of a worker that did not stop as promised', 'output.log', bad.launch.output.text());
  const got = all.map(({ exit }) => exitText(exit)).join(', ');
  if (bad.exit === undefined || isAsPromised(promised, bad.exit)) {
    throw new CheckFailed(`${signal} does not end the worker within ${limitMs / 1000} s`, {
      expected: `the end of the process within ${limitMs / 1000} s`,
      got,
      remedy: `handle ${signal} in the worker and shut it down; a handler must be installed in the Python process, not only in a wrapper`,
    });
  }
  throw new CheckFailed(`after ${signal} the worker ended with ${exitText(bad.exit)} in ${all.length - good.length} of ${all.length} ` +
    'stops', {
    expected: `exit code ${exitCodesText(promised)} in every stop`,
    got,
    remedy: 'end the process after the clean stop with: flush the logs, then os._exit(code)',
  });
}

/** All of them begin together, so each may have to wait for the others. */
const work = { launches: stopsOf(runContext()), atOnce };

for (const signal of promised.signals) {
  check(`shutdown.${signal.toLowerCase()}.parent.idle`, async (context) => {
    judgeExits(await (await context.use(begun)).of(signal, 'idle'), signal, context);
  }, { work });
}

if (promised.signals.includes('SIGTERM')) {
  check('shutdown.sigterm.parent.in-flight', async (context) => {
    const { use, evidence } = context;
    const stopped = await use(begun);
    await use(held);
    const all = [...await stopped.of('SIGTERM', 'in-flight'), (await use(leaving))?.stop].filter((stop) => stop !== undefined);
    const lost = all.find(({ inFlight }) => inFlight && (promised.inFlight === 'drain' ? !drained(inFlight) : !inFlight.givenBack));
    if (lost?.inFlight) {
      const { run, leftEarly, history } = lost.inFlight;
      evidence('history', 'history.json', historyText(history));
      evidence('output of the worker', 'output.log', lost.launch.output.text());
      const attempt = run?.attempt === undefined ? '' : `, attempt ${run.attempt}`;
      const drains = promised.inFlight === 'drain';
      throw new CheckFailed(leftEarly ? 'the worker left while its activity was in flight' : 'the activity in flight was not handled ' +
        'as promised', {
        expected: drains
          ? 'the activity in flight completes on attempt 1, by the same process'
          : 'the activity is given back and left to be retried',
        got: `activity ${run?.type ?? 'unknown'}: ${run?.closed ?? 'not closed'}${attempt}; the worker ended with ${exitText(lost.exit)}`,
        remedy: drains
          ? 'set graceful_shutdown_timeout on the Worker to longer than an activity needs, and await the worker before the process ends'
          : 'cancel the activity at the shutdown and await the worker, so that the server hears of it; or promise inFlight: drain in the ' +
            'contract',
      });
    }
    judgeExits(all, 'SIGTERM', context);
  }, { work });
}

const drained = ({ leftEarly, run, byItself }: NonNullable<Stop['inFlight']>): boolean =>
  !leftEarly && run?.closed === 'completed' && run.attempt === 1 && byItself;

check('shutdown.deregistration', async ({ use, evidence, note }) => {
  await use(begun);
  await use(held);
  const seen = await use(leaving);
  if (seen === undefined) throw new CouldNotJudge('there is no execution to hold');
  const { plan, takers, takenByLeaver, before, afterwards, status } = seen;
  evidence('history of the task that came after the signal, before the next launch', 'history.json', before);
  if (takenByLeaver) throw new CheckFailed('a task that came after SIGTERM was handed to the leaving worker', {
    expected: 'the leaving worker takes no more tasks', got: `taken by ${takers.join(', ')}`,
  });
  const difference = afterwards && compare(plan, afterwards);
  if (difference) {
    throw new CheckFailed(`the next launch did not do the task that came after SIGTERM: ${difference.sentence}`, difference.difference);
  }
  note(status === undefined ? 'the next launch did the task' : `the server lists it as ${status}; the next launch did the task`);
}, { work });

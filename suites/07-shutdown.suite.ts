import { CheckFailed, CouldNotJudge } from '../harness/model/errors.ts';
import { summarise } from '../harness/stage/summary.ts';
import { historyText } from '../harness/temporal/history.ts';
import type { Plan } from '../harness/stage/actor.ts';
import { check, type CheckContext } from '../harness/stage/check.ts';
import { mustGoWell } from '../harness/stage/drive.ts';
import { compare } from '../harness/stage/expectation.ts';
import type { Stage } from '../harness/stage/stage.ts';
import { watchLeaving, type Leaving } from '../harness/stage/leaving.ts';
import { warmBaseline } from '../harness/stage/pairs.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { allStops, heldPlan, stops, type Stop } from '../harness/stage/stops.ts';

const promised = runContext().contract?.shutdown ?? {
  signals: ['SIGTERM', 'SIGINT'] as const, exitCode: 0, withinSeconds: 15, inFlight: 'drain' as const,
};

const exitOf = ({ exit }: Stop): string => (exit === undefined ? 'still running' : (exit.error ?? exit.signal ?? `exit code ${exit.code}`));

function judgeExits(all: readonly Stop[], signal: string, { id, note, evidence, value, measured }: CheckContext): void {
  const good = all.filter(({ exit }) => exit?.code === promised.exitCode);
  const slowestMs = Math.max(...all.map((stop) => stop.stopMs));
  note(`${all.length} stops, exit ${promised.exitCode} in ${good.length}, slowest ${(slowestMs / 1000).toFixed(1)} s`);
  value(Math.round(slowestMs), 'ms', promised.withinSeconds * 1_000);
  const title = `${signal} ${id.split('.').at(-1)}: time to stop`;
  measured(summarise({ metric: id, title, unit: 'ms', variant: 'subject', samples: all.map(
    (stop) => Math.round(stop.stopMs),
  ), limit: promised.withinSeconds * 1_000 }));
  const bad = all.find((stop) => !good.includes(stop));
  if (bad === undefined) return;
  evidence('output of a worker that did not stop as promised', 'output.log', bad.actor.launch.output.text());
  const got = all.map(exitOf).join(', ');
  if (bad.exit === undefined) {
    throw new CheckFailed(`${signal} does not end the worker within ${promised.withinSeconds} s`, {
      expected: `the end of the process within ${promised.withinSeconds} s`,
      got,
      remedy: `handle ${signal} in the worker and shut it down; a handler must be installed in the Python process, not only in a wrapper`,
    });
  }
  throw new CheckFailed(`after ${signal} the worker ended with ${exitOf(bad)} in ${all.length - good.length} of ${all.length} stops`, {
    expected: `exit code ${promised.exitCode} in every stop`,
    got,
    remedy: 'end the process after the clean stop with: flush the logs, then os._exit(code)',
  });
}

let prepared: Promise<Prepared> | undefined;

type Prepared = {
  readonly stage: Stage;
  readonly plan: Plan | undefined;
  /** Why no activity can be held in flight. */
  readonly unheld: Error | undefined;
  readonly leaving: Promise<Leaving> | undefined;
};

/** Begins all stops together, so that the launches overlap; each check then judges its own. */
function prepare(context: CheckContext): Promise<Prepared> {
  prepared ??= begin(context);
  return prepared;
}

async function begin({ stage: open, worker, signal }: CheckContext): Promise<Prepared> {
  const stage = await open();
  const plan = heldPlan(stage);
  const unheld = plan
    ? await mustGoWell(await worker(), plan, signal).then(
        () => undefined,
        (error: Error) => error,
      )
    : new CouldNotJudge('the contract has no execution that is expected to complete, so no activity can be in flight');
  await stage.mustStart();
  await stage.retireAll();
  for (const each of promised.signals) void stops(stage, each, 'idle', signal);
  if (promised.signals.includes('SIGTERM') && unheld === undefined) void stops(stage, 'SIGTERM', 'in-flight', signal);
  const leaving = plan && unheld === undefined ? watchLeaving(stage, plan, signal) : undefined;
  leaving?.catch(() => {}); // the check that awaits it is told
  void warmBaseline(stage, signal);
  return { stage, plan, unheld, leaving };
}

for (const signal of promised.signals) {
  check(`shutdown.${signal.toLowerCase()}.parent.idle`, async (context) => {
    const { stage } = await prepare(context);
    judgeExits(await stops(stage, signal, 'idle', context.signal), signal, context);
  });
}

if (promised.signals.includes('SIGTERM')) {
  check('shutdown.sigterm.parent.in-flight', async (context) => {
    const { stage, unheld } = await prepare(context);
    if (unheld) throw unheld;
    const all = await stops(stage, 'SIGTERM', 'in-flight', context.signal);
    const lost = all.find(({ inFlight }) => inFlight && (promised.inFlight === 'drain' ? !drained(inFlight) : !inFlight.givenBack));
    if (lost?.inFlight) {
      const { run, leftEarly, history } = lost.inFlight;
      context.evidence('history', 'history.json', historyText(history));
      context.evidence('output of the worker', 'output.log', lost.actor.launch.output.text());
      const state = `activity ${run?.type ?? 'unknown'}: ` +
        `${run?.closed ?? 'not closed'}${run?.attempt === undefined ? '' : `, attempt ${run.attempt}`}; the worker ended with ` +
          exitOf(lost);
      throw new CheckFailed(leftEarly ? 'the worker left while its activity was in flight' : 'the activity in flight was not handled ' +
        'as promised', {
        expected: promised.inFlight === 'drain' ? 'the activity in flight completes on attempt 1, by the same ' +
          'process' : 'the activity is given back and left to be retried',
        got: state,
        remedy:
          promised.inFlight === 'drain'
            ? 'set graceful_shutdown_timeout on the Worker to longer than an activity needs, and await the worker before the process ends'
            : 'cancel the activity at the shutdown and await the worker, so that the server hears of it; or promise inFlight: drain in ' +
              'the contract',
      });
    }
    judgeExits(all, 'SIGTERM', context);
  });
}

const drained = ({ leftEarly, run, byItself }: NonNullable<Stop['inFlight']>): boolean =>
  !leftEarly && run?.closed === 'completed' && run.attempt === 1 && byItself;

async function endedStops(context: CheckContext): Promise<Stop[]> {
  const { stage } = await prepare(context);
  const all = (await Promise.all(promised.signals.map((signal) => stops(stage, signal, 'idle', context.signal)))).flat();
  const ended = [...new Set([...all, ...(await allStops())])].filter((stop) => stop.exit !== undefined);
  if (ended.length === 0) throw new CouldNotJudge('no worker ended by itself');
  return ended;
}

check('shutdown.every-launch', async (context) => {
  await prepare(context);
  const all = await allStops();
  if (all.length === 0) throw new CouldNotJudge('no worker was stopped');
  const bad = all.filter(({ exit }) => exit?.code !== promised.exitCode);
  context.note(`${all.length} stops, ${all.length - bad.length} as promised`);
  const [first] = bad;
  if (first === undefined) return;
  throw new CheckFailed(`${bad.length} of ${all.length} launches did not end as promised: ${exitOf(first)}`, {
    expected: `exit code ${promised.exitCode} within ${promised.withinSeconds} s after every stop`,
    got: [...new Set(bad.map(exitOf))].join(', '),
    remedy: 'end the process after the clean stop with: flush the logs, then os._exit(code)',
  });
});

check('shutdown.survivors', async (context) => {
  const ended = await endedStops(context);
  const bad = ended.filter((stop) => stop.remains.survivors.length > 0);
  context.note(`${ended.length} stops`);
  if (bad.length === 0) return;
  const survivors = bad.flatMap((stop) => stop.remains.survivors.map((entry) => `${entry.pid} ${entry.command}`));
  throw new CheckFailed(`a process outlived its worker in ${bad.length} of ${ended.length} stops`, {
    expected: 'no process of the launch is left',
    got: survivors.slice(0, 5).join('\n'),
    remedy: 'end and await what the worker starts before it exits; a process that still polls goes on taking tasks with old code',
  });
});

check('shutdown.left-overs', async (context) => {
  const ended = await endedStops(context);
  const bad = ended.filter((stop) => stop.remains.leftOvers.length > 0);
  context.note(`${ended.length} stops`);
  const [first] = bad;
  if (first === undefined) return;
  const mei = first.remains.leftOvers.some((entry) => entry.startsWith('_MEI'));
  throw new CheckFailed(`files are left in the directory for temporary files after ${bad.length} of ${ended.length} stops`, {
    expected: 'an empty TMPDIR',
    got: `${first.remains.leftOvers.join(', ')} (${(first.remains.leftOverBytes / 1e6).toFixed(1)} MB)`,
    remedy: mei ? 'the bootloader could not remove its directory: something in it was still in use, or the bootloader itself was ' +
      'killed' : 'remove temporary files at shutdown, for example with tempfile.TemporaryDirectory',
  });
});

check('shutdown.deregistration', async (context) => {
  const { unheld, leaving, plan } = await prepare(context);
  if (unheld || !leaving || !plan) throw unheld ?? new CouldNotJudge('there is no execution to hold');
  const { takers, takenByLeaver, before, afterwards, status } = await leaving;
  context.evidence('history of the task that came after the signal, before the next launch', 'history.json', before);
  if (takenByLeaver) {
    throw new CheckFailed('a task that came after SIGTERM was handed to the leaving worker', {
      expected: 'the leaving worker takes no more tasks', got: `taken by ${takers.join(', ')}`,
    });
  }
  const difference = afterwards && compare(plan, afterwards);
  if (difference) throw new CheckFailed('the next launch did not do the task that came after SIGTERM: ' +
    difference.sentence, difference.difference);
  context.note(status === undefined ? 'the next launch did the task' : `the server lists it as ${status}; the next launch did the task`);
});

import { check } from '../harness/stage/check.ts';
import { compare } from '../harness/stage/expectation.ts';
import { held } from '../harness/stage/held.ts';
import { leaving } from '../harness/stage/leaving.ts';
import { faultOfStop, judgeExits } from '../harness/stage/judge-exits.ts';
import { judgeRemains } from '../harness/stage/judge-remains.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { exitText, isAsPromised, promisedStop } from '../harness/stage/promised-stop.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { begun } from '../harness/stage/stops-begun.ts';
import type { Stop } from '../harness/stage/stop.ts';
import { workerLivesOn } from '../harness/stage/stop-fault.ts';
import { adviceFor } from '../harness/stage/stop-advice.ts';
import { stopsOf } from '../harness/stage/stops.ts';
import { atOnceIn } from '../harness/stage/turns.ts';
import { workerSdk } from '../harness/stage/worker-sdk.ts';
import { CheckFailed, CouldNotJudge } from '../harness/model/errors.ts';
import { historyText } from '../harness/temporal/history.ts';

const promised = promisedStop(runContext().contract);

/** All of them begin together, so each may have to wait for the others. */
const work = { launches: stopsOf(runContext()), atOnce: atOnceIn(runContext()) };

for (const signal of promised.signals) {
  check(`shutdown.${signal.toLowerCase()}.parent.idle`, async (context) => {
    await judgeExits(promised, { all: await (await context.use(begun)).of(signal, 'idle'), signal }, context);
  }, { work });
}

const notInQuick = 'not looked for in the quick profile: it takes launches of its own';

for (const signal of promised.signals) {
  check(`shutdown.${signal.toLowerCase()}.parent.starting`, async (context) => {
    const stopped = await context.use(begun);
    const all = await stopped.of(signal, 'starting');
    if (all.length === 0) throw new NotApplicable(notInQuick);
    const idle = await stopped.of(signal, 'idle');
    judgeRemains(promised, all, { signal, idle, usual: idle }, {
      moment: 'while it starts',
      ignores: `do not ignore or block ${signal} while the worker starts: leave it as it is until there is a handler, and let the ` +
        'handler end a worker that is not up yet',
      leaves: `${adviceFor('too-late', await workerSdk(context), signal)}; take back there too what was begun: end what was started, ` +
        'remove what was made',
    }, context);
  }, { work });
}

const { main } = promised;

check(`shutdown.${main.toLowerCase()}.parent.again`, async (context) => {
  if (context.run.profile === 'quick') throw new NotApplicable(notInQuick);
  const stopped = await context.use(begun);
  await context.use(held);
  const all = await stopped.of(main, 'again');
  const [idle, working] = [await stopped.of(main, 'idle'), await stopped.of(main, 'in-flight')];
  judgeRemains(promised, all, { signal: main, idle, usual: [...idle, ...working] }, {
    moment: 'twice, with an activity in flight',
    ignores: 'let a second signal change nothing, or end the process at once; a lock that the first one holds must not be taken again',
    leaves: 'a second signal may end the worker at once, but what it has started and made must be ended and removed then, too',
  }, context);
}, { work });

check(`shutdown.${main.toLowerCase()}.parent.in-flight`, async (context) => {
  const { use, evidence } = context;
  const stopped = await use(begun);
  await use(held);
  const all = [...await stopped.of(main, 'in-flight'), (await use(leaving)).stop];
  const lost = all.find(({ inFlight }) => inFlight && (promised.inFlight === 'drain' ? !drained(inFlight) : !inFlight.givenBack));
  if (lost?.inFlight) {
    const { run, leftEarly, history } = lost.inFlight;
    evidence('history', 'history.json', historyText(history));
    evidence('output of the worker', 'output.log', lost.launch.output.text());
    const attempt = run?.attempt === undefined ? '' : `, attempt ${run.attempt}`;
    const drains = promised.inFlight === 'drain';
    // A worker that the signal itself has ended never came to its work.
    const isKept = isAsPromised(promised, lost.exit) && !workerLivesOn(lost);
    const { starved } = lost.inFlight;
    if (isKept && starved !== undefined) throw new CouldNotJudge(`the activity in flight was not handled as promised, but ${starved}`);
    const fault = isKept ? undefined : await faultOfStop(promised, lost, context);
    const isCause = fault === 'no-handler' || fault === 'too-late' || fault === 'wrapper';
    const own = isCause ? fault : drains ? 'work-lost' : 'not-given-back';
    throw new CheckFailed(leftEarly ? 'the worker left while its activity was in flight' : 'the activity in flight was not handled ' +
      'as promised', {
      expected: drains
        ? 'the activity in flight completes on attempt 1, by the same process'
        : 'the activity is given back and left to be retried',
      got: `activity ${run?.type ?? 'unknown'}: ${run?.closed ?? 'not closed'}${attempt}; the worker ended with ${exitText(lost.exit)}`,
      remedy: adviceFor(own, await workerSdk(context), main),
    });
  }
  await judgeExits(promised, { all, signal: main }, context);
}, { work });

const drained = ({ leftEarly, run, byItself }: NonNullable<Stop['inFlight']>): boolean =>
  !leftEarly && run?.closed === 'completed' && run.attempt === 1 && byItself;

check('shutdown.deregistration', async ({ use, evidence, note, compares }) => {
  await use(begun);
  await use(held);
  const seen = await use(leaving);
  const { plan, stop, takers, takenByLeaver, before, afterwards, status } = seen;
  compares(1, 'task after the signal');
  evidence('history of the task that came after the signal, before the next launch', 'history.json', before);
  // A poll that was open when it was told may bring it a last one.
  const isLast = takenByLeaver === 1 && isAsPromised(promised, stop.exit) && !workerLivesOn(stop);
  if (takenByLeaver > 0 && !isLast) throw new CheckFailed(`a task that came after ${main} was handed to the leaving worker`, {
    expected: 'the leaving worker takes no more tasks', got: `taken by ${takers.join(', ')}`,
    remedy: 'stop polling first when the signal comes (worker.shutdown() of the SDK), before anything else is awaited',
  });
  const difference = afterwards && compare(plan, afterwards);
  if (difference) {
    throw new CheckFailed(`the next launch did not do the task that came after ${main}: ${difference.sentence}`, difference.difference);
  }
  const done = isLast ? 'one task came by a poll that was open at its stop, and none after it' : 'the next launch did the task';
  note(status === undefined ? done : `the server lists it as ${status}; ${done}`);
}, { work });

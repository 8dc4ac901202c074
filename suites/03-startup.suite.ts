import { CheckFailed, messageOf } from '../harness/model/errors.ts';
import { ended } from '../harness/temporal/ready.ts';
import { check } from '../harness/stage/check.ts';
import { launches } from '../harness/stage/launches.ts';

check('startup.ready', async ({ use, run, value, note, evidence }) => {
  const actor = await (await use(launches)).shared();
  const limitMs = (run.contract?.budgets.readySeconds ?? 10) * 1_000;
  let readyMs: number;
  try {
    readyMs = await actor.ready();
  } catch (error) {
    evidence('output until then', 'output.log', actor.launch.output.text());
    const end = ended(actor.launch);
    throw new CheckFailed(end === undefined ? 'the worker runs, but does not poll its task queue' : `the worker did not start: ${end}`, {
      expected: `a poller of this process tree on task queue "${actor.post.taskQueue}"`,
      got: messageOf(error),
    }, { cause: error });
  }
  value(Math.round(readyMs), 'ms', limitMs);
  note(`ready ${(readyMs / 1000).toFixed(1)} s (limit ${limitMs / 1000} s)`);
  if (readyMs > limitMs) {
    throw new CheckFailed(`it was ready after ${(readyMs / 1000).toFixed(1)} s, the limit is ${limitMs / 1000} s`, {
      expected: `at most ${limitMs / 1000} s`,
      got: `${(readyMs / 1000).toFixed(1)} s`,
      remedy: 'ship a one-folder build, drop big dependencies, import them inside the activities, or raise budgets.readySeconds in the ' +
        'contract',
    });
  }
});

/** Lines that no healthy start prints, whatever the log format. */
const alarming =
  /Traceback \(most recent call last\)|\[PYI-\d+:(ERROR|WARNING)\]|--- Logging error ---|Fatal Python error|Segmentation fault/;

check('startup.clean-log', async ({ worker, evidence }) => {
  const { launch } = await worker();
  const log = launch.output.text();
  const line = log.split('\n').find((text) => alarming.test(text));
  if (line !== undefined) {
    evidence('output until ready', 'output.log', log);
    throw new CheckFailed(
      'the worker started, but its log shows an error', { expected: 'no traceback and no bootloader message', got: line },
    );
  }
});

import { securedOf } from '../harness/contract/secured.ts';
import { CheckFailed, CouldNotJudge, messageOf } from '../harness/model/errors.ts';
import { isV8Frame } from '../harness/model/stack-frames.ts';
import { judgeDeadline } from '../harness/system/cpu/cpu-use.ts';
import { queuesText } from '../harness/temporal/post.ts';
import { ended, type Ready } from '../harness/temporal/ready.ts';
import { isAlarming, noAlarm } from '../harness/stage/alarms.ts';
import { check } from '../harness/stage/check.ts';
import { addressInUse } from '../harness/stage/collision.ts';
import { beginIdle } from '../harness/stage/endurance/idle.ts';
import { launches } from '../harness/stage/launches.ts';
import { distrust } from '../harness/stage/secured/judge.ts';
import { refusedSecret } from '../harness/stage/secrets/refused.ts';

const judge = ({ readyMs, use: used }: Ready, limitMs: number) => ({ readyMs, ...judgeDeadline({ limitMs, ...used, elapsedMs: readyMs }) });

check('startup.ready', async ({ use, run, value, note, evidence, compares }) => {
  beginIdle({ run, use });
  const actor = await (await use(launches)).shared();
  const limitMs = (run.contract?.budgets.readySeconds ?? 10) * 1_000;
  let judged: { readonly readyMs: number; readonly verdict: 'met' | 'missed' | 'machine'; readonly sentence: string };
  try {
    judged = judge(await actor.readiness(), limitMs);
    // Only the machine was in the way: perhaps it is free now.
    if (judged.verdict === 'machine') judged = judge(await (await (await use(launches)).start()).readiness(), limitMs);
  } catch (error) {
    evidence('output until then', 'output.log', actor.launch.output.text());
    const end = ended(actor.launch);
    const refused = refusedSecret(actor, run);
    if (refused !== undefined) throw new CouldNotJudge(`the worker refuses the value that was made up for ${refused}: give an example of ` +
      `its form in the contract (environment.${refused}.example); its alphabet, length and structure are kept`, { cause: error });
    const taken = end === undefined ? undefined : addressInUse(actor.launch);
    if (taken !== undefined) throw new CouldNotJudge(`${end}, because an address is taken where it wants to listen (${taken}): end what ` +
      'listens there on this machine, or let the contract give it a free port ({port.NAME}); if nothing does, it takes it twice itself', {
      cause: error,
    });
    const secured = run.contract && securedOf(run.contract);
    // Not every SDK trusts by SSL_CERT_FILE: one that is told by nothing else may be right.
    const why = secured?.isToldCa === false && actor.polling !== undefined ? distrust([actor.polling], secured) : undefined;
    if (why !== undefined) throw new CouldNotJudge(why, { cause: error });
    const where = queuesText(actor.post);
    throw new CheckFailed(end === undefined ? `the worker runs, but does not poll ${where}` : `the worker did not start: ${end}`, {
      expected: `a poller of this process tree on ${where}`,
      got: messageOf(error),
    }, { cause: error });
  }
  const { readyMs, verdict, sentence } = judged;
  compares(1, 'launch');
  if (run.emulation !== undefined) {
    value(Math.round(readyMs), 'ms');
    return note(`ready ${(readyMs / 1000).toFixed(1)} s, emulated by ${run.emulation.by}: not judged`);
  }
  value(Math.round(readyMs), 'ms', limitMs);
  note(`ready ${(readyMs / 1000).toFixed(1)} s (limit ${limitMs / 1000} s)`);
  if (verdict === 'machine') throw new CouldNotJudge(`it was ready after ${sentence}`);
  if (verdict === 'missed') {
    throw new CheckFailed(`it was ready after ${(readyMs / 1000).toFixed(1)} s, the limit is ${limitMs / 1000} s`, {
      expected: `at most ${limitMs / 1000} s`,
      got: `${(readyMs / 1000).toFixed(1)} s`,
      remedy: 'ship a one-folder build, drop big dependencies, import them inside the activities, or raise budgets.readySeconds in the ' +
        'contract',
    });
  }
});

check('startup.clean-log', async ({ worker, evidence, compares }) => {
  const actor = await worker();
  const readyMs = await actor.ready();
  actor.launch.output.read();
  // What it prints later is about its work, which other suites may have given it before.
  const until = actor.launch.output.lines.filter(({ atMs }) => atMs <= readyMs).map(({ text }) => text);
  compares(1, 'launch'); // it need not say anything
  const log = until.join('\n');
  const at = until.findIndex((text) => isAlarming(text) || isV8Frame(text));
  if (at >= 0) {
    // A frame stands below what went wrong.
    const line = until.slice(Math.max(0, at - (isV8Frame(until[at] ?? '') ? 1 : 0)), at + 1).join('\n');
    evidence('output until ready', 'output.log', log);
    throw new CheckFailed(
      'the worker started, but its log shows an error', { expected: noAlarm, got: line },
    );
  }
});

import { CheckFailed, CouldNotJudge } from '../model/errors.ts';
import { Launch, type Exit } from '../system/launch/launch.ts';
import { NotApplicable } from './outcome.ts';
import { endings } from './endings.ts';
import { limitsOf } from './limits.ts';
import type { Scope } from './scope.ts';

/** What the executable printed, on both streams and on stdout alone, and how it ended. */
export type Answer = { readonly text: string; readonly stdout: string; readonly exit: Exit };

/**
 * Asks the executable for its version or help, in a room without any configuration.
 * @throws {CheckFailed} when it does not end, or does not exit with 0.
 * @throws {CouldNotJudge} when nothing here can run it. @throws {NotApplicable} when the contract says that it has no such interface.
 */
export async function ask({ run, use }: Pick<Scope, 'run' | 'use'>, what: 'version' | 'help', signal: AbortSignal): Promise<Answer> {
  const args = run.contract ? run.contract.interface[what] : [`--${what}`];
  if (args === undefined) throw new NotApplicable(`the contract lists no interface.${what}`);
  if (run.notRunHere !== undefined) throw new CouldNotJudge(run.notRunHere);
  const { askMs } = limitsOf(run.contract);
  const launch = Launch.start(run.run, { file: run.binary, args, variant: 'subject' }, {});
  try {
    const exit = await launch.waitForExit(askMs, { signal, stretch: launch.cpu.stretch() });
    const text = launch.output.text();
    if (exit === undefined) {
      throw new CheckFailed(
        `\`${args.join(' ')}\` did not end within ${askMs / 1000} s`, { expected: 'exit code 0', got: launch.output.tail() },
      );
    }
    if (exit.code !== 0) {
      const got = exit.error ?? exit.signal ?? `exit code ${exit.code}`;
      throw new CheckFailed(`\`${args.join(' ')}\` ended with ${got}`, { expected: 'exit code 0', got: `${got}\n${launch.output.tail()}` });
    }
    return { text, stdout: launch.output.text(0, 'stdout'), exit };
  } finally {
    if (launch.exit) await (await use(endings)).keep(launch, { signal: undefined, exit: launch.exit, stopMs: 0 });
    await launch.dispose();
  }
}

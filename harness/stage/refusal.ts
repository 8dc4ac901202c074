import { CheckFailed } from '../model/errors.ts';
import { waitFor } from '../system/wait.ts';
import type { Actor } from './actor.ts';
import type { CheckContext } from './check-context.ts';
import { isAsPromised, promisedStop } from './promised-stop.ts';
import { adviceFor } from './stop-advice.ts';
import { isCrash } from './stop-fault.ts';
import { workerSdk } from './worker-sdk.ts';

/**
 * Waits until a launch with a wrong configuration has ended, and judges how: it must exit non-zero by itself and name the
 * variable. A launch that polls has accepted the configuration. One that names it and then crashes at its end has refused it, too; the
 * crash is a defect of its own, unless the contract accepts it of a stop.
 * @returns what it said, with its exit code.
 * @throws {CheckFailed} when it does anything else.
 */
export async function mustRefuse(
  actor: Actor, { name, says }: { readonly name: string; readonly says: string | undefined }, situation: string,
  context: Pick<CheckContext, 'use' | 'run' | 'signal'>,
): Promise<string> {
  const variable = says ?? name.replace(/=$/, '');
  const { launch } = actor;
  const expected = `a non-zero exit with a message that names ${variable}`;
  const remedy = `check ${variable} at the start, print one line that names it, and exit with a code other than 0` +
    (says === undefined ? `; where it has another name for it, tell the contract (environment.${name}.says)` : '');
  const end = await untilRefused(actor, situation, context.signal);
  const { exit } = launch;
  if (end === 'polls' || !exit) throw new CheckFailed(
    `with ${situation} the worker starts and polls`, { expected, got: 'a poller on its queue', remedy },
  );
  const output = launch.output.text();
  const line = output.split('\n').find((text) => text.includes(variable))?.trim();
  if (line !== undefined && isCrash(exit.signal)) {
    if (isAsPromised(promisedStop(context.run.contract), exit)) return `${exit.signal} after it: ${line}`;
    throw new CheckFailed(`with ${situation} the worker names ${variable}, and then was ended by ${exit.signal}: it crashed at its end`, {
      expected, got: launch.output.tail(),
      remedy: adviceFor('aborted', await workerSdk(context), exit.signal ?? ''),
    });
  }
  if (exit.signal || exit.error !== undefined) throw new CheckFailed(`with ${situation} the worker was ended by ` +
    `${exit.signal ?? exit.error}`, { expected, got: launch.output.tail(), remedy });
  if (exit.code === 0) throw new CheckFailed(
    `with ${situation} the worker exits with 0`, { expected, got: `exit code 0\n${launch.output.tail()}`, remedy },
  );
  if (line === undefined) throw new CheckFailed(
    `with ${situation} the worker does not name ${variable}`, { expected, got: `exit code ${exit.code}\n${launch.output.tail()}`, remedy },
  );
  return `exit code ${exit.code}: ${line}`;
}

/** Waits until a launch with a wrong configuration has ended, or polls. @throws {WaitFailed} when it does neither. */
export function untilRefused(actor: Actor, situation: string, signal: AbortSignal): Promise<'ended' | 'polls'> {
  const { launch, post, site, limits } = actor;
  return waitFor(
    `the end of the worker with ${situation}`,
    async () => {
      if (launch.exit) return 'ended' as const;
      const pollers = await site.pollers(post);
      return pollers.some(({ identity }) => actor.isOwn(identity)) ? ('polls' as const) : undefined;
    },
    {
      deadlineMs: limits.readyMs, everyMs: 50, signal, stretch: launch.cpu.stretch(),
      seen: () => `last output:\n${launch.output.tail(6)}`,
    },
  );
}

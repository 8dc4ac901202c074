import { InfrastructureError, messageOf } from '../model/errors.ts';
import { Launch, type Command } from '../system/launch/launch.ts';
import { waitFor } from '../system/wait.ts';
import type { Started, StartOptions } from './service.ts';

/** A program that runs beside the subject. */
type Program<T> = Omit<Command, 'variant'> & {
  /** Who did not start, in words. */
  readonly title: string;
  readonly deadlineMs: number;
  /** What is awaited, in words, and how it is seen. */
  readonly awaited: string;
  readonly ready: (launch: Launch) => Promise<T | undefined>;
};

type Running<T> = Omit<Started, 'info'> & { readonly launch: Launch; readonly found: T };

/**
 * Starts the program of the service `name` and waits until it is ready; that it ends before the run does is a problem then.
 * @throws {InfrastructureError} when it ends or does not get there; it is ended then, whole tree.
 */
export async function startProgram<T>(name: string, program: Program<T>, { run, signal }: StartOptions): Promise<Running<T>> {
  const { title, awaited, ready, deadlineMs, ...command } = program;
  const launch = Launch.start(run, { ...command, variant: 'service' }, {});
  const ended = (): string | undefined =>
    launch.exit && `it ended with ${launch.exit.error ?? launch.exit.signal ?? `exit code ${launch.exit.code}`}`;
  try {
    const found = await waitFor(awaited, () => ready(launch), {
      deadlineMs, signal, everyMs: 50, over: ended, seen: () => launch.output.tail(4),
    });
    return {
      launch,
      found,
      problem: () => ended() && `the service ${name} was gone before the run's end: ${ended()}; last output:\n${launch.output.tail(4)}`,
      [Symbol.asyncDispose]: async () => void (await launch.dispose()),
    };
  } catch (error) {
    await launch.dispose();
    throw new InfrastructureError(`${title} did not start: ${messageOf(error)}`, { cause: error });
  }
}

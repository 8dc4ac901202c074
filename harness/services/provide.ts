import { InfrastructureError, messageOf } from '../model/errors.ts';
import { Launch } from '../system/launch/launch.ts';
import { waitFor } from '../system/wait.ts';
import type { ServiceInfo, Started, StartOptions } from './service.ts';

/** The two ways to a real server, and what to do when there is neither. */
type Ways<T> = { readonly local: () => Promise<T>; readonly container: () => Promise<T>; readonly remedy: string };

/**
 * A real server from this machine, else in a container, as `--services` says.
 * @throws {InfrastructureError} when none is to be had, with every reason and the ways out.
 */
export async function localElseContainer<T>(name: string, { how }: StartOptions, { local, container, remedy }: Ways<T>): Promise<T> {
  const reasons: string[] = [];
  for (const [way, start] of [['local', local], ['container', container]] as const) {
    if (how !== 'auto' && how !== way) continue;
    try {
      return await start();
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  throw new InfrastructureError(`no ${name} (the contract lists the service): ${reasons.join('; ')}; ${remedy}`);
}

export type Program = {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Where it runs, its room unless given. */
  readonly cwd?: string;
  readonly deadlineMs: number;
  /** What is awaited, in words, and how it is seen. */
  readonly awaited: string;
  readonly ready: (launch: Launch) => Promise<boolean>;
};

/**
 * Starts a program beside the subject and waits until it is ready.
 * @throws {InfrastructureError} when it ends or does not get there; it is ended then, whole tree.
 */
export async function startProgram(program: Program, { run, signal }: Pick<StartOptions, 'run' | 'signal'>): Promise<Launch> {
  const { name, file, args, cwd, ready, awaited, deadlineMs } = program;
  const launch = Launch.start(run, { file, args, variant: 'service', ...(cwd !== undefined && { cwd }) }, {});
  try {
    await waitFor(awaited, async () => (await ready(launch)) || undefined, {
      deadlineMs,
      signal,
      everyMs: 50,
      over: () => launch.exit && howEnded(launch),
      seen: () => launch.output.tail(4),
    });
    return launch;
  } catch (error) {
    await launch.dispose();
    throw new InfrastructureError(`${name} did not start: ${messageOf(error)}`, { cause: error });
  }
}

/** A program that runs until the run ends; that it ended before is a problem. */
export function untilTheEnd(name: string, launch: Launch, info: ServiceInfo): Started {
  return {
    info,
    problem: () => {
      const how = howEnded(launch);
      return how && `the service ${name} was gone before the run's end: ${how}; last output:\n${launch.output.tail(4)}`;
    },
    [Symbol.asyncDispose]: async () => void (await launch.dispose()),
  };
}

/** "it ended with exit code 1", undefined while it runs. */
function howEnded({ exit }: Launch): string | undefined {
  return exit && `it ended with ${exit.error ?? exit.signal ?? `exit code ${exit.code}`}`;
}

export type Image = {
  readonly image: string;
  readonly command: string[];
  readonly environment?: Record<string, string>;
  readonly port: number;
  /** A line that it logs when it is ready, and how often: some get ready once to set themselves up. */
  readonly ready: RegExp;
  readonly times?: number;
};

/** Starts a server in a container; needs a container runtime that testcontainers finds. */
export async function startContainer({ image, command, environment = {}, port, ready, times = 1 }: Image) {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(image)
    .withCommand(command)
    .withEnvironment(environment)
    .withExposedPorts(port)
    .withWaitStrategy(Wait.forLogMessage(ready, times))
    .withStartupTimeout(60_000)
    .start();
  return {
    host: container.getHost(),
    port: container.getMappedPort(port),
    logs: () => container.logs(),
    async [Symbol.asyncDispose]() {
      await container.stop({ timeout: 5_000 });
    },
  };
}

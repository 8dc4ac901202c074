import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Client } from 'pg';
import { InfrastructureError } from '../model/errors.ts';
import { Launch } from '../system/launch/launch.ts';
import { entriesOf } from '../system/launch/room.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { plainName } from '../system/plain-name.ts';
import { cacheFolder } from '../system/tools/cache.ts';
import { findOnPath } from '../system/tools/on-path.ts';
import { loopback, programsOf, startServer, type Program, type Server } from './server.ts';
import type { Service } from './service.ts';

const user = 'postgres';

/** Every line of the log begins with its database; each statement is logged. */
const logging = ['log_line_prefix=%d|', 'log_statement=all', 'log_connections=on', 'log_min_messages=log', 'fsync=off'];
const given = (settings: readonly string[]): string[] => settings.flatMap((each) => ['-c', each]);

export const server: Server = {
  id: 'postgres',
  title: 'PostgreSQL',
  programs: ['initdb', 'postgres'],
  folders: [18, 17, 16, 15, 14].map((major) => `/usr/lib/postgresql/${major}/bin`),
  complete: hydrate,
  async prepare(folder, { host, port, password }, name, { run }) {
    const data = join(run.folder, `postgres-${name}`);
    const programs = readable(folder, `${data}.programs`);
    await initialise(programs, data, password, run);
    const settings = [
      ...logging, `listen_addresses=${host}`, `port=${port}`, 'unix_socket_directories=', 'max_connections=200', 'shared_buffers=16MB',
      ...(process.platform === 'win32' ? [] : ['dynamic_shared_memory_type=mmap']),
    ];
    return unprivileged(join(programs, 'postgres'), ['-D', data, ...given(settings)]);
  },
  ready: /database system is ready to accept connections/,
  container: {
    image: 'postgres:17-alpine', command: ['postgres', ...given(logging)], port: 5432, times: 2,
    environment: (password) => ({ POSTGRES_PASSWORD: password }),
  },
};

/** One server for the run, a database for each launch; what a launch did is what the server logged of its database. */
export const service = {
  id: 'postgres',
  programs: programsOf(server),
  start: ({ name }, options) => startServer(server, name, options),
  async join({ info: { host = loopback, port = 0, password = '', log = '', origin } }) {
    const admin = new Client({ host, port, user, password, database: 'postgres', connectionTimeoutMillis: 5_000, query_timeout: 30_000 });
    admin.on('error', () => {}); // a server that is gone is noticed by whoever asks it
    await admin.connect();
    const { rows: [{ data_directory: data = '' } = {}] } = await admin.query<{ data_directory?: string }>('SHOW data_directory');
    // In a container that is nobody's folder here.
    const journal = origin.startsWith('container') ? '' : join(data, 'pg_wal');
    return {
      async enter() {
        const database = plainName();
        await admin.query(`CREATE DATABASE ${database}`);
        return {
          places: {
            url: `postgresql://${user}:${password}@${host}:${port}/${database}`, host, port: String(port), user, password, database,
          },
          seen: () => readFileSync(log, 'utf8').split('\n').filter((line) => line.startsWith(`${database}|`)).map(
            (line) => line.slice(database.length + 1),
          ),
          // What a worker that was killed still holds open is closed with it.
          leave: () => admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`).catch(() => {}),
        };
      },
      kept: () => [log, ...entriesOf(journal).filter((file) => /^[0-9A-F]{24}$/.test(file)).map((file) => join(journal, file))],
      [Symbol.asyncDispose]: () => admin.end(),
    };
  },
} satisfies Service;

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
function unprivileged(file: string, args: readonly string[]): Program {
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

/** npm packages hold no links; this one lists those that its libraries need, below its own folder. */
function hydrate(programs: string): void {
  if (process.platform === 'win32') return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(programs, '../pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) symlinkSync(basename(source), join(programs, '../..', target));
}

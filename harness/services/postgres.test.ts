import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { CouldNotJudge } from '../model/errors.ts';
import { sendSignal } from '../system/processes/kill.ts';
import { createRunFolder, newRun, notedPids, removeRun } from '../system/launch/run-folder.ts';
import { Launch } from '../system/launch/launch.ts';
import { waitFor } from '../system/wait.ts';
import { LlmStandIn } from './llm.ts';
import { server, service } from './postgres.ts';
import { startServer } from './server.ts';
import type { StartOptions } from './service.ts';
import { joinServices } from './services.ts';

const run = newRun();
createRunFolder(run);
afterAll(() => removeRun(run));

const entry = { name: 'db', kind: 'postgres', command: [], ready: { withinSeconds: 1 } } as const;
const options: StartOptions = { how: 'local', run, folder: run.folder, signal: AbortSignal.timeout(300_000), say: () => {} };
const guest = (index: number) => ({ index, model: new LlmStandIn() });

/** A worker's part that matters here: a program of its own, told by a variable where its database is. */
const program = `
const { Client } = require(${JSON.stringify(createRequire(import.meta.url).resolve('pg'))});
const client = new Client(process.env.DATABASE_URL);
client.connect()
  .then(() => client.query('CREATE TABLE checkpoints (thread text)'))
  .then(() => client.query('INSERT INTO checkpoints VALUES ($1) RETURNING thread', ['t-1']))
  .then(({ rows }) => console.log(rows[0].thread))
  .then(() => (process.argv[1] === 'stay' ? new Promise(() => setInterval(() => {}, 1000)) : client.end()));
`;

function work(url: string, how = 'end'): Launch {
  const launch = Launch.start(run, { file: process.execPath, args: ['-e', program, how], variant: 'subject' }, { DATABASE_URL: url });
  onTestFinished(async () => void (await launch.dispose()));
  return launch;
}

test.each([
  ['as this machine has it', /^1\d/, () => service.start(entry, options)],
  ['from the pinned package', /^18\.4/, () => startServer({ ...server, programs: ['no-initdb'], folders: [] }, 'db2', options)],
])('a real server %s, a database for each launch, and what each did there', async (_, version, start) => {
  const started = await start();
  onTestFinished(() => started[Symbol.asyncDispose]());
  expect(started.info.version).toMatch(version);
  const services = await joinServices([entry], [{ ...entry, info: started.info }]);
  onTestFinished(() => services[Symbol.asyncDispose]());
  const [writer, silent] = [guest(0), guest(1)];
  const [{ db }] = await Promise.all([services.places(writer), services.places(silent)]);
  const { url, port, password, database } = db ?? {};
  expect(db).toEqual({
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`,
    host: '127.0.0.1', port, user: 'postgres', password, database: expect.stringMatching(/^[a-z]+$/),
  });
  const launch = work(url ?? '');
  expect(await launch.waitForExit(20_000)).toMatchObject({ code: 0 });
  expect(launch.output.text()).toBe('t-1');
  const written = (): string | undefined => services.seen('db', writer).find((line) => line.includes('INSERT'));
  const inserted = await waitFor('the row', written, { deadlineMs: 10_000 });
  expect(inserted).toMatch(/^LOG: {2}execute <unnamed>: INSERT INTO checkpoints VALUES \(\$1\)/);
  expect(services.seen('db', writer).join('\n')).toContain(`connection authorized: user=postgres database=${database}`);
  expect(services.seen('db', silent)).toEqual([]);
  // Both what it logs and its journal, where every row stands.
  const [kept] = services.kept();
  const holding = kept?.files.filter((file) => readFileSync(file).includes('t-1')) ?? [];
  expect(holding.map((file) => file.split('/').at(-2))).toContain('pg_wal');
  // A connection that stays open does not keep the database.
  const { db: other } = await services.places(silent);
  const staying = work(other?.url ?? '', 'stay');
  await waitFor('its row', () => staying.output.text().includes('t-1') || undefined, { deadlineMs: 20_000 });
  await services.leave(silent);
  expect((await work(other?.url ?? '').waitForExit(20_000))?.code).not.toBe(0);
  expect(started.problem?.()).toBeUndefined();
}, 300_000);

test('one that dies is a problem; nothing of it is left', async () => {
  const before = notedPids(run);
  const started = await service.start({ ...entry, name: 'db3' }, options);
  const services = await joinServices([entry], [{ ...entry, info: started.info }]);
  const [pid = 0] = notedPids(run).filter((each) => !before.includes(each));
  process.kill(pid, 'SIGQUIT');
  await waitFor('its end', started.problem ?? (() => undefined), { deadlineMs: 5_000 });
  expect(started.problem?.()).toMatch(/^the service db3 was gone before the run's end: it ended with exit code \d; last output:/);
  await expect(services.places(guest(0))).rejects.toThrow(CouldNotJudge);
  await services[Symbol.asyncDispose]();
  await started[Symbol.asyncDispose]();
  expect(sendSignal(pid, 0)).toBe(false);
  expect(readdirSync(run.folder)).not.toContain('postgres-db3.password');
}, 60_000);

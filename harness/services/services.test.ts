import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import type { ServiceKind } from '../contract/service-kinds.ts';
import type { ServiceEntry } from '../contract/services-schema.ts';
import { createRunFolder, newRun, removeRun } from '../system/launch/run-folder.ts';
import { waitFor } from '../system/wait.ts';
import { LlmStandIn } from './llm.ts';
import { serviceOf, type RunningService } from './service.ts';
import { joinServices, type Services } from './services.ts';

const run = newRun();
createRunFolder(run);
afterAll(() => removeRun(run));

const entry = (name: string, kind: ServiceKind): ServiceEntry => ({ name, kind, command: [], ready: { withinSeconds: 1 } });
const guest = (index: number) => ({ index, model: new LlmStandIn() });

async function running(wanted: ServiceEntry): Promise<RunningService> {
  const options = { how: 'local', run, folder: run.folder, signal: AbortSignal.timeout(60_000), say: () => {} } as const;
  const started = await (await serviceOf(wanted.kind)).start(wanted, options);
  onTestFinished(() => started[Symbol.asyncDispose]());
  return { ...wanted, info: started.info };
}

async function joined(...wanted: ServiceEntry[]): Promise<Services> {
  const services = await joinServices(wanted, await Promise.all(wanted.map(running)));
  onTestFinished(() => services[Symbol.asyncDispose]());
  return services;
}

test('each launch has a model and a database of its own, and is seen there under the contract\'s names', async () => {
  const services = await joined(entry('llm', 'llm'), entry('cache', 'redis'));
  const [caller, silent] = [guest(3), guest(4)];
  const [mine, others] = [await services.places(caller), await services.places(silent)];
  expect(mine['llm']?.url).not.toBe(others['llm']?.url);
  expect(mine['cache']).toMatchObject({ url: expect.stringMatching(/^redis:\/\/127\.0\.0\.1:\d+\/3$/), database: '3' });

  const answer = await fetch(`${mine['llm']?.url}/v1/messages`, { method: 'POST', body: JSON.stringify({
    model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'x' }],
  }), headers: { 'content-type': 'application/json' } });
  expect(await answer.json()).toMatchObject({ content: [{ text: 'ok' }] });
  const socket = connect(Number(mine['cache']?.port), '127.0.0.1');
  await once(socket, 'connect');
  socket.end('SELECT 3\r\nSET b "\\x1f\\x8b\\"\\n a value with more in it"\r\nSET a 1\r\n');
  await once(socket.resume(), 'close');

  await waitFor('the command', () => services.seen('cache', caller).find((line) => line === '"SET" "a" "1"'), { deadlineMs: 10_000 });
  const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
  const sent = services.sent(caller).flatMap(({ name, sent: all }) => Array.from(all, (bytes) => `${name} ${textOf(bytes)}`));
  expect(sent).toEqual([
    'cache "SELECT" "3"\n"SET" "b" "\x1F\x8B"\n a value with more in it"\n"SET" "a" "1"\n', 'cache \x1F\x8B"\n a value with more in it',
  ]);
  expect(services.seen('llm', caller)).toEqual(['/v1/messages']);
  expect([...services.seen('llm', silent), ...services.seen('cache', silent)]).toEqual([]);
  await Promise.all([caller, silent].map((launch) => services.leave(launch)));
  await expect(fetch(mine['llm']?.url ?? '')).rejects.toThrow('fetch failed');
});

test('without one that the contract lists no launch has its places', async () => {
  const services = await joinServices([entry('llm', 'llm'), entry('db', 'postgres')], [await running(entry('llm', 'llm'))]);
  await expect(services.places(guest(0))).rejects.toThrow('there is no db, which the contract lists as a service');
  expect(services.seen('db', guest(0))).toEqual([]);
});

test('a model that does not listen can be scripted and held all the same: a worker without one needs no port', async () => {
  const model = new LlmStandIn();
  model.script([{ text: 'x' }]);
  model.hold();
  model.release();
  await model[Symbol.asyncDispose]();
  expect([model.waiting, model.requests]).toEqual([0, []]);
});

test('a Redis that does not show its commands is not joined: it would take every worker for one that never calls', async () => {
  const cache = await running(entry('cache', 'redis'));
  const socket = connect(cache.info.port ?? 0, '127.0.0.1');
  socket.end('ACL SETUSER default -monitor\r\n');
  await once(socket.resume(), 'close');
  await expect((await serviceOf('redis')).join(cache)).rejects.toThrow(/Redis does not show what it is asked: -NOPERM/);
  await expect((await joinServices([entry('cache', 'redis')], [cache])).places(guest(0))).rejects.toThrow('there is no cache');
});

import { expect, test } from 'vitest';
import { readDns } from './dns.ts';
import { askedName } from './name-services.ts';

const name = (...labels: readonly string[]): Buffer =>
  Buffer.from([...labels.flatMap((label) => [label.length, ...Buffer.from(label)]), 0]);
const head = (answers: number): Buffer => Buffer.from([0xab, 0xcd, 0x81, 0x80, 0, 1, 0, answers, 0, 0, 0, 0]);
const question = Buffer.concat([name('API', 'example', 'com'), Buffer.of(0, 1, 0, 1)]);
const record = (type: number, data: readonly number[]): Buffer =>
  Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length, ...data]);

test('the question of a message, and the addresses of its answer', () => {
  expect(readDns(Buffer.concat([head(0), question]))).toEqual({ name: 'api.example.com', addresses: [] });
  const six = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  const answer = Buffer.concat([head(3), question, record(5, [1, 97, 0xc0, 16]), record(1, [192, 0, 2, 7]), record(28, six)]);
  expect(readDns(answer)?.addresses).toEqual(['192.0.2.7', '2001:db8::1']);
});

test('what is cut short or no message at all says nothing', () => {
  const whole = Buffer.concat([head(1), question, record(1, [192, 0, 2, 7])]);
  const cut = Array.from(whole.keys(), (length) => readDns(whole.subarray(0, length))?.addresses.length ?? 0);
  expect(Math.max(...cut)).toBe(0);
  expect(readDns(Buffer.from('worker.started:1|c and more'))).toBeUndefined();
});

test('the system is asked in other languages too', () => {
  const asked = (path: string, message: Buffer) => askedName({ family: 'unix', path }, message);
  const resolve = '/run/systemd/resolve/io.systemd.Resolve';
  const varlink = '{"method":"io.systemd.Resolve.ResolveHostname","parameters":{"name":"home.example.com","flags":0}}\0';
  expect(asked(resolve, Buffer.from(varlink))).toBe('home.example.com');
  expect(asked(resolve, Buffer.from('{"method":"io.systemd.UserDatabase.GetUserRecord","parameters":{"name":"root"}}'))).toBeUndefined();
  const nscd = (request: number) => Buffer.from([2, 0, 0, 0, request, 0, 0, 0, 17, 0, 0, 0, ...Buffer.from('home.example.com\0')]);
  expect([asked('/var/run/nscd/socket', nscd(14)), asked('/var/run/nscd/socket', nscd(0)), asked('/run/other', nscd(14))]).toEqual([
    'home.example.com', undefined, undefined,
  ]);
});

import { expect, test } from 'vitest';
import { lackOf } from './lack.ts';
import type { Observed } from './observed.ts';

const observed = (host: string, port: number): Observed => ({
  variables: [], settings: [], flags: [], commands: [], clients: [], workers: [], contacts: [{ host, port }], asks: false,
});
const said = ['fetch failed: Name or service not known; falling back to what is there'];
const given = { environment: {}, args: [] };
const exit = { code: 1, signal: null, atMs: 100 };

test.each([
  ['a place far away, and goes on', observed('raw.example.com', 443), undefined, 'unknown'],
  ['a place far away, and ends', observed('raw.example.com', 443), exit, 'service'],
  ['this machine, and goes on', observed('127.0.0.1', 8081), undefined, 'service'],
  ['a database far away, and goes on', observed('db.example.com', 5432), undefined, 'service'],
])('a worker that calls %s', (_, seen, ended, kind) => {
  expect(lackOf({ given, observed: seen, exit: ended, said }, 7233).kind).toBe(kind);
});

test('what it went on without is not why it ends later', () => {
  const later = [...said, ...Array.from({ length: 12 }, (__, line) => `  File "a.py", line ${line}`), 'TypeError: no'];
  expect(lackOf({ given, observed: observed('127.0.0.1', 8081), exit, said: later }, 7233)).toMatchObject({
    kind: 'unknown', sentence: expect.stringContaining('its last line: TypeError: no'),
  });
});

test('a worker that ends by itself once its own workflow is done is told as one that runs once', () => {
  const worker = {
    taskQueue: 'q', workflows: [], activities: [], operations: [], graceSeconds: 0, pid: 1, nexus: 0,
    deployment: undefined, buildId: undefined, identity: undefined,
  };
  const seen = { ...observed('localhost', 7233), workers: [worker] };
  expect(lackOf({ given, observed: seen, exit: { ...exit, code: 0 }, said: ['Result: Hello'] }, 7233)).toMatchObject({
    sentence: expect.stringContaining('it registers a worker, and soon ends by itself with exit code 0 (its last line: Result: Hello)'),
  });
});

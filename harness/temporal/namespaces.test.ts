import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, type Connection } from '@temporalio/client';
import { createRunFolder, newRun, removeRun } from '../system/launch/run-folder.ts';
import { connect } from './connect.ts';
import { startWorkflow } from './execute.ts';
import { namespacesOf } from './namespaces.ts';
import type { TemporalServer } from './server.ts';
import { startServer } from './server.ts';

const run = newRun();
createRunFolder(run);
let server: TemporalServer;
let connection: Connection;

beforeAll(async () => {
  server = await startServer({ run, signal: AbortSignal.timeout(60_000), say: () => {} });
  connection = await connect(server.info);
}, 90_000);

afterAll(async () => {
  await connection.close();
  await server[Symbol.asyncDispose]();
  removeRun(run);
});

test('every launch gets one of its own, in which work can be started at once', async () => {
  const namespaces = namespacesOf(connection, server.info);
  const names: string[] = [];
  for (let launch = 0; launch < 8; launch += 1) {
    const name = await namespaces.next();
    await startWorkflow(new Client({ connection, namespace: name }), 'any', 'queue', 'first', [], 10_000);
    names.push(name);
  }
  expect(names.slice(0, server.info.namespaces.length)).toEqual(server.info.namespaces);
  expect(new Set(names).size).toBe(8);
  const many = await Promise.all(Array.from({ length: 10 }, () => namespaces.next()));
  expect(new Set([...names, ...many]).size).toBe(18);
});

test('on a server of the user nothing is registered', async () => {
  const namespaces = namespacesOf(connection, { kind: 'external', namespaces: ['theirs'] });
  expect([await namespaces.next(), await namespaces.next()]).toEqual(['theirs', 'theirs']);
  await expect(connection.workflowService.describeNamespace({ namespace: 'theirs' })).rejects.toThrow(/not found/i);
});

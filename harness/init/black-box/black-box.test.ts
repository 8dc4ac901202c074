import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseContract } from '../../contract/load.ts';
import { referenceBinary } from '../../run/reference.ts';

// The whole command on real executables of three makes, of which no source is run.
const folder = mkdtempSync(join(tmpdir(), 'frostgate-black-box-'));
const init = fileURLToPath(new URL('../../init.ts', import.meta.url));
const fixture = (name: string): string => fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));

beforeAll(async () => {
  for (const name of ['approvals', 'parcels', 'reminders']) {
    await execa('bash', ['build.sh', name], { cwd: fixture(name), stdin: 'ignore', stdout: 'ignore', stderr: 'inherit' });
  }
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['the reference', referenceBinary, {
    temporal: { address: 'TEMPORAL_ADDRESS', namespace: 'TEMPORAL_NAMESPACE', taskQueues: [{ from: 'TEMPORAL_TASK_QUEUE' }] },
    environment: { ANTHROPIC_API_KEY: { required: true, secret: true }, LOG_LEVEL: {} },
    registers: { workflows: ['AgentExecution'], activities: ['cleanup_sandbox', 'ensure_thread', 'execute_agent'] },
    shutdown: { parentKilled: 'ends' }, bundle: { glibc: expect.stringMatching(/^2\.\d+$/) }, artifact: { files: [] },
  }],
  ['a versioned one with two queues, in a folder', join(fixture('approvals'), 'dist/approvals'), {
    version: '1.0.0', temporal: { deployment: { name: 'approvals', buildId: 'BUILD_ID' }, taskQueues: expect.arrayContaining([
      { name: 'approvals-ledger', fixed: 'approvals-ledger', workflows: [], activities: ['book', 'reconcile'] },
      expect.objectContaining({ from: 'TASK_QUEUE', workflows: ['Approval', 'Booking'], activities: ['write_letter'] }),
    ]) },
  }],
  ['one with files beside it, which it opens', join(fixture('reminders'), 'dist/reminders/reminders'), {
    artifact: { files: expect.arrayContaining([expect.stringMatching(/index\.node$/), 'workflow-bundle.js']) },
  }],
])('an executable alone: %s', async (name, binary, seen) => {
  const file = join(folder, `${name.replaceAll(/\W/g, '-')}.yaml`);
  const ran = await execa(process.execPath, [init, '--binary', binary, '--contract', file], {
    reject: false, stdin: 'ignore', timeout: 200_000,
  });
  expect(ran.stderr).toMatch(/^tried: (?:(?!failed).)*$/m);
  expect(parseContract(readFileSync(file, 'utf8'), file)).toMatchObject(seen);
}, 250_000);

test.each([
  ['parcels', {
    environment: { TEMPORAL_TASK_QUEUE: { default: 'parcels' }, LOG_LEVEL: { default: 'info' }, CENTS_PER_KG: { default: '250' } },
    registers: { workflows: ['Deliver'], activities: ['Carry', 'Quote'] }, shutdown: { inFlightExecution: 'runs Carry' },
  }],
  ['reminders', {
    environment: { TEMPORAL_TASK_QUEUE: { default: 'reminders' } }, registers: { activities: ['compose', 'post'] },
    shutdown: { inFlightExecution: 'runs post' }, bundle: { glibc: '2.28' }, artifact: { files: [] },
  }],
])('%s, which is no Python: the names that its source has, and its executable', async (worker, seen) => {
  const file = join(folder, `${worker}.yaml`);
  const words = [fixture(worker), '--contract', file];
  const bare = await execa(process.execPath, [init, ...words, '--binary', join(folder, 'nothing')], { reject: false, stdin: 'ignore' });
  expect(bare.stderr).toMatch(/nothing: no such file; build it first/);
  const ran = await execa(process.execPath, [init, ...words, '--binary', join(fixture(worker), 'dist', worker)], {
    reject: false, stdin: 'ignore', timeout: 200_000,
  });
  expect(ran.stderr).toMatch(/^tried: (?:(?!failed).)*$/m);
  expect(parseContract(readFileSync(file, 'utf8'), file)).toMatchObject({ worker, version: '1.0.0', ...seen });
}, 250_000);

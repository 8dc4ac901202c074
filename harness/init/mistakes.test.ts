import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import getPort from 'get-port';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { referenceProject } from '../run/reference.ts';

// One mistake in each reference worker that init itself shows: the whole command on the source and an executable with that mistake.
const folder = mkdtempSync(join(tmpdir(), 'frostgate-mistakes-'));
const init = fileURLToPath(new URL('../init.ts', import.meta.url));
const fixture = (path: string): string => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
const variants = { approvals: 'no-metadata', quotes: 'no-cygrpc', parcels: 'no-interrupt-channel', reminders: 'no-workflow-bundle' };

beforeAll(async () => {
  for (const [name, variant] of Object.entries(variants)) {
    await execa('bash', ['build.sh', variant], { cwd: fixture(name), stdin: 'ignore', stdout: 'ignore', stderr: 'inherit' });
  }
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function shown(project: string, binary: string, name: string) {
  const file = join(folder, `${name}.yaml`);
  const ran = await execa(process.execPath, [init, project, '--contract', file, '--binary', binary], {
    reject: false, stdin: 'ignore', timeout: 200_000,
  });
  const { stderr, exitCode } = ran;
  return { stderr, exitCode, text: () => readFileSync(file, 'utf8') };
}

test.each([
  ['agent-runner', referenceProject, 'sabotaged/dist/no-sandbox-module', /why {2}TW-17: /,
    /do {3}.*hiddenimports=.*\['temporalio\.worker\.workflow_sandbox\._in_sandbox'\]/],
  ['approvals', fixture('approvals'), 'approvals/dist/no-metadata', /why {2}BC-05: /, /do {3}[^]*copy_metadata\('approvals'\)/],
])('%s without something that it needs: the line of the spec file', async (name, project, binary, why, remedy) => {
  const { stderr, exitCode } = await shown(project, fixture(binary), name);
  expect(stderr).toMatch(why);
  expect(stderr).toMatch(remedy);
  expect(exitCode).toBe(1);
}, 250_000);

test('quotes, told all by a file that the project has an example of, without a native module of gRPC', async () => {
  const at = join(folder, 'quotes');
  const skipped = /(?:^|\/)(?:\.venv|dist|build|worker-contract\.yaml|__pycache__)$/;
  cpSync(fixture('quotes'), at, { recursive: true, filter: (path) => !skipped.test(path) });
  symlinkSync(fixture('quotes/.venv'), join(at, '.venv'));
  const [backend, metrics] = [await getPort({ host: '127.0.0.1' }), await getPort({ host: '127.0.0.1' })];
  const text = readFileSync(join(at, 'quotes.example.yaml'), 'utf8');
  rmSync(join(at, 'quotes.example.yaml'));
  writeFileSync(join(at, 'quotes.example.yaml'), text.replace('50051', `${backend}`).replace('9464', `${metrics}`));
  const serving = execa(join(at, '.venv/bin/python'), ['backend.py', '--port', `${backend}`], {
    cwd: at, stdin: 'ignore', stdout: 'ignore', stderr: 'ignore', reject: false,
  });
  try {
    const { stderr, text: written, exitCode } = await shown(at, fixture('quotes/dist/no-cygrpc'), 'quotes');
    expect(stderr).toMatch(/it needs --config: given quotes\.yaml, an example of the project/);
    expect(written()).toContain('arguments: [serve, --config, "{file.quotes.yaml}"]');
    expect(written()).toMatch(/^ {4}address: \{temporal\.address\}\n {4}namespace: \{temporal\.namespace\}.*\n {4}queue: \{queue\.main\}/m);
    expect(written()).toContain('listens: ["127.0.0.1:{port.metrics}"]');
    expect(stderr).toMatch(/cygrpc/);
    expect(exitCode).toBe(1);
  } finally {
    serving.kill();
    await serving;
  }
}, 250_000);

test('parcels, which hears no signal: both are told as not in order', async () => {
  const { text } = await shown(fixture('parcels'), fixture('parcels/dist/no-interrupt-channel'), 'parcels');
  expect(text()).toMatch(/^# Not in order, killed by the signal or going on after it: SIGTERM and SIGINT\. Repair that/m);
}, 250_000);

test('reminders without its workflows: no contract, and the cause', async () => {
  const { stderr, exitCode } = await shown(fixture('reminders'), fixture('reminders/dist/no-workflow-bundle'), 'reminders');
  expect(stderr).toMatch(/before it registers a worker/);
  expect(stderr).toMatch(/why {2}ND-\d+: .*workflow-bundle/);
  expect(exitCode).toBe(2);
}, 250_000);

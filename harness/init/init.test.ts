import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { parseContract } from '../contract/load.ts';
import { referenceBinary, referenceProject } from '../run/reference.ts';

// The whole command on real workers, run from source with the reference's environment.
const folder = mkdtempSync(join(tmpdir(), 'frostgate-init-'));
const init = fileURLToPath(new URL('../init.ts', import.meta.url));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const imports = `import argparse, asyncio, os, signal, sys
from dataclasses import dataclass
from datetime import timedelta
from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import Worker
`;
const greet = `
@activity.defn
async def greet(name: str, times: int = 1) -> list[str]:
    return [f"hello {name}"] * times
`;
const run = (connect: string, queue: string, more = '') => `
async def main():
    client = await Client.connect(${connect})
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Worker(client, task_queue=${queue}, activities=[greet]${more}):
        await stop.wait()
asyncio.run(main())
`;

function project(name: string, files: Readonly<Record<string, string>>, environment = true): string {
  const at = join(folder, name);
  mkdirSync(at);
  if (environment) symlinkSync(join(referenceProject, '.venv'), join(at, '.venv'));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(at, file), text);
  return at;
}

async function written(at: string, ...words: readonly string[]) {
  const file = join(at, 'worker-contract.yaml');
  const ran = await execa(process.execPath, [init, at, ...words], { reject: false, stdin: 'ignore', timeout: 120_000 });
  const { exitCode, stdout, stderr } = ran;
  const text = (): string => readFileSync(file, 'utf8');
  return { exitCode, stdout, stderr, text, contract: () => parseContract(text(), 'it') };
}

test('the reference: what it reads, needs, registers and contacts, and a contract that its executable keeps', async () => {
  const file = join(folder, 'reference.yaml');
  const ran = await execa(process.execPath, [init, referenceProject, '--contract', file, '--binary', referenceBinary], {
    reject: false, stdin: 'ignore', timeout: 200_000,
  });
  expect(ran.stderr).toMatch(/^tried: (?:(?!failed).)*$/m);
  const contract = parseContract(readFileSync(file, 'utf8'), file);
  expect(contract).toMatchObject({
    worker: 'agent-runner', version: '1.0.0', source: { entry: 'main.py', manager: 'poetry' },
    interface: { version: ['--version'], help: ['--help'] },
    temporal: { address: 'TEMPORAL_ADDRESS', namespace: 'TEMPORAL_NAMESPACE' },
    registers: { workflows: ['AgentExecution'], activities: ['ensure_thread', 'execute_agent', 'cleanup_sandbox'] },
    shutdown: { signals: ['SIGTERM', 'SIGINT'], exitCode: 0, inFlight: 'drain' },
  });
  expect(contract.services.map(({ name }) => name).toSorted()).toEqual(['llm', 'redis']);
  const { environment } = contract;
  expect(environment['TEMPORAL_ADDRESS']).toMatchObject({ required: true, reaches: 'poller.address' });
  expect(environment['TEMPORAL_TASK_QUEUE']).toMatchObject({ default: 'agent-runner', reaches: 'poller.taskQueue' });
  expect(environment['ANTHROPIC_API_KEY']).toMatchObject({ required: true, secret: true });
  expect(Object.keys(environment)).toEqual(expect.arrayContaining(['MODE', 'MODEL', 'MAX_CONCURRENCY', 'LOG_LEVEL', 'REDIS_URL']));
  expect(Object.keys(environment)).not.toContain('COLUMNS');
  const check = await execa(process.execPath, [init, referenceProject, '--contract', file, '--check'], { reject: false, stdin: 'ignore' });
  expect(check.stdout).toMatch(/input: .*thread/);
  expect(check.exitCode).toBe(1);
}, 300_000);

test('flags of a subcommand, with defaults and choices', async () => {
  const at = project('flags', { 'main.py': `${imports}${greet}
parser = argparse.ArgumentParser()
commands = parser.add_subparsers(required=True)
worker = commands.add_parser("worker")
worker.add_argument("--target", default="localhost:7233")
worker.add_argument("-q", "--task-queue", required=True, help="What is polled")
worker.add_argument("--level", choices=["low", "high"], default="low")
options = parser.parse_args()
${run('options.target', 'options.task_queue')}` });
  const { contract, exitCode, stdout } = await written(at);
  expect(exitCode).toBe(3); // there is no executable to try it on
  expect(contract()).toMatchObject({
    arguments: ['worker'], temporal: { address: '--target', namespace: { fixed: 'default' } },
    environment: {
      '--task-queue': { required: true, reaches: 'poller.taskQueue', description: 'What is polled.' },
      '--target': { default: 'localhost:7233', reaches: 'poller.address' },
      '--level': { default: 'low', allowed: ['low', 'high'] },
    },
    executions: [{ name: 'runs greet', activity: 'greet', input: ['name-{n}', 1], expect: { result: { $any: 'list' } } }],
    shutdown: { inFlight: 'retry' },
  });
  expect(stdout).toContain('name: string; times: integer');
}, 120_000);

test('a worker that has everything in its code, and several queues', async () => {
  const at = project('fixed', { 'run_worker.py': `${imports}${greet}
from temporalio.common import WorkerDeploymentVersion
from temporalio.worker import WorkerDeploymentConfig
level = os.environ.get("LEVEL") or "low"
unversioned = WorkerDeploymentConfig(version=WorkerDeploymentVersion("orders", "7"), use_worker_versioning=False)
async def main():
    client = await Client.connect("localhost:7233", namespace="orders")
    first = Worker(client, task_queue="one", activities=[greet], deployment_config=unversioned)
    async with Worker(client, task_queue="two", activities=[greet], graceful_shutdown_timeout=timedelta(seconds=20)):
        await first.run()
asyncio.run(main())
` });
  const { contract, text } = await written(at);
  expect(contract()).toMatchObject({
    source: { entry: 'run_worker.py' }, temporal: { address: { fixed: 'localhost:7233' }, namespace: { fixed: 'orders' }, taskQueues: [
      { name: 'one', fixed: 'one', activities: ['greet'] }, { name: 'two', fixed: 'two', activities: ['greet'] },
    ] },
    environment: { LEVEL: { default: 'low' } },
  });
  expect(contract().temporal).not.toHaveProperty('deployment');
  // Nobody handles SIGTERM there.
  expect(text()).toMatch(/# Not in order, killed by the signal or going on after it: SIGTERM/);
}, 120_000);

test('a service that it calls before it starts is found by its failure, started, and told', async () => {
  const at = project('service', { 'main.py': `${imports}import redis\n${greet}
store = redis.Redis.from_url(os.environ.get("STORE_URL", "redis://localhost:6379/0"))
store.ping()
${run('os.environ["TARGET_HOST"]', 'os.getenv("QUEUE", "orders")')}` });
  const { contract, stderr } = await written(at);
  expect(stderr).toMatch(/started Redis and told it so by STORE_URL/);
  expect(contract()).toMatchObject({
    environment: {
      STORE_URL: { from: 'redis.url', reaches: 'redis.url' }, TARGET_HOST: { required: true, reaches: 'poller.address' },
      QUEUE: { default: 'orders', reaches: 'poller.taskQueue' },
    },
  });
}, 120_000);

test.each([
  ['ends at once', 'print("done")\n', /exit code 0 and registers no worker \(its last line: done\): is it a program that runs once\?/],
  ['dies', 'raise SystemExit("no licence")\n', /exit code 1 before it registers a worker \(its last line: no licence\)/],
  ['asks a question', 'name = input("who? ")\n', /asks a question on its standard input/],
  ['runs a workflow and ends', `${imports}
async def main():
    client = await Client.connect("localhost:7233")
    await client.execute_workflow("Greeting", id="x", task_queue="q", execution_timeout=timedelta(seconds=2))
asyncio.run(main())
`, /before it registers a worker/],
  ['calls something unknown', 'import socket\nsocket.create_connection(("127.0.0.1", 1), 2)\n',
    /calls 127\.0\.0\.1:1 before it registers a worker, and nobody answers there/],
])('a program that %s: one sentence, exit code 2, and no contract', async (name, main, sentence) => {
  const at = project(name.replaceAll(' ', '-'), { 'main.py': main });
  const { exitCode, stderr } = await written(at);
  expect(stderr).toMatch(sentence);
  expect(stderr.match(/^error: /gm)).toHaveLength(1);
  expect(exitCode).toBe(2);
  expect(readdirSync(at)).not.toContain('worker-contract.yaml');
}, 120_000);

test('a folder that is no project, several projects, several scripts, no environment, and a contract that is there', async () => {
  const empty = project('empty', {}, false);
  const script = `${imports}${greet}${run('"x"', '"q"')}`;
  const two = project('two', { 'a.py': script, 'b.py': script });
  const bare = project('bare', { 'main.py': '', 'pyproject.toml': '[project]\nname = "bare"\n' }, false);
  const kept = project('kept', { 'main.py': '', 'worker-contract.yaml': 'worker: mine\n' });
  for (const [at, sentence] of [
    [join(folder, 'nowhere'), /nowhere: no such folder/],
    [empty, /there is no main\.py and no other script that starts a worker; name it with --entry FILE/],
    [folder, /holds \d+ projects and is none itself; name one/],
    [two, /a\.py, b\.py may each start a worker; name one with --entry FILE/],
    [bare, /has no .*environment; run: /],
    [kept, /worker-contract\.yaml: is there already and is kept/],
  ] as const) {
    const { exitCode, stderr } = await execa(process.execPath, [init, at], { reject: false, stdin: 'ignore', timeout: 60_000 });
    expect(stderr).toMatch(sentence);
    expect(exitCode).toBe(2);
  }
  expect(readFileSync(join(kept, 'worker-contract.yaml'), 'utf8')).toBe('worker: mine\n');
}, 120_000);

test('an interrupt leaves no contract and no process', async () => {
  const at = project('interrupted', { 'main.py': 'import time\nprint("waits", flush=True)\ntime.sleep(900)\n' });
  const started = execa(process.execPath, [init, at], { reject: false, stdin: 'ignore', timeout: 60_000 });
  for await (const line of started.iterable({ from: 'stderr' })) if (line.includes('with nothing set')) started.kill('SIGINT');
  expect((await started).exitCode).toBe(130);
  expect(readdirSync(at)).not.toContain('worker-contract.yaml');
}, 60_000);

test('--update shows what differs after a change, writes it where it is asked to, and keeps comments and order', async () => {
  const main = (level: string, types: string) => `${imports}${greet}
@activity.defn
async def part() -> None: ...
level = os.environ.get("LEVEL", "low")
${level}${run('os.environ["TARGET_HOST"]', 'os.getenv("QUEUE", "orders")').replace('activities=[greet]', `activities=[${types}]`)}`;
  const at = project('changed', { 'main.py': main('', 'greet') });
  const { text } = await written(at);
  writeFileSync(join(at, 'worker-contract.yaml'), `# mine\n${text()}`);
  expect(await written(at, '--update')).toMatchObject({ exitCode: 0, stdout: '' });
  writeFileSync(join(at, 'main.py'), main('os.environ.get("COLOUR", "blue")\n', 'greet, part'));
  const shown = await written(at, '--update');
  expect(shown.stdout).toMatch(/^\+ {2}COLOUR: \{ default: blue \}$/m);
  expect(shown.stdout).toMatch(/^- {2}activities: \[greet\]$/m);
  expect(shown.stdout).toMatch(/^\+ {2}activities: \[greet, part\]$/m);
  expect(shown.exitCode).toBe(1);
  const applied = await written(at, '--update', '--apply');
  expect(applied.exitCode).toBe(0);
  expect(text()).toMatch(/^# mine\n/);
  expect(applied.contract()).toMatchObject({ environment: { LEVEL: { default: 'low' }, COLOUR: { default: 'blue' } } });
  expect(await written(at, '--update')).toMatchObject({ exitCode: 0, stdout: '' });
}, 120_000);

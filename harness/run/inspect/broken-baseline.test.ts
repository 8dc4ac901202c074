import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';
import { referenceBinary, referenceProject } from '../reference.ts';

// The executable is the reference's; the source beside it does not do what its contract says, each in a way of its own.
const folder = mkdtempSync(join(tmpdir(), 'frostgate-broken-'));
const inspect = fileURLToPath(new URL('../../inspect.ts', import.meta.url));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const contract = `worker: broken
source: { entry: main.py }
temporal: { address: TEMPORAL_ADDRESS, namespace: TEMPORAL_NAMESPACE, taskQueue: TEMPORAL_TASK_QUEUE }
registers: { activities: [greet] }
executions: [{ name: greets, activity: greet, input: [], expect: { result: hello } }]
`;

const worker = `import asyncio, os
from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker
@activity.defn
async def greet() -> str:
    print("the archive of greetings is empty", flush=True)
    return "nobody"
async def main():
    client = await Client.connect(os.environ["TEMPORAL_ADDRESS"], namespace=os.environ["TEMPORAL_NAMESPACE"])
    await Worker(client, task_queue=os.environ["TEMPORAL_TASK_QUEUE"], activities=[greet]).run()
asyncio.run(main())
`;

test.concurrent.each([
  ['dies at its start', 'import os\nprint(os.environ["ORDERS_DATABASE_URL"])\n', [
    /the baseline does not start: it exited with 1; its last lines:\n(.*\n)*KeyError: 'ORDERS_DATABASE_URL'/,
  ]],
  ['never polls', 'import time\nprint("waiting for a licence", flush=True)\ntime.sleep(900)\n', [
    /the baseline does not start: it runs, but within 30 s the server lists no poller of it; its last lines:\nwaiting for a licence/,
  ]],
  ['fails in an execution', worker, [
    /the baseline does not do "greets": result is not as expected \(completed with "nobody"\); its last lines:\nthe archive of/,
  ]],
])('a baseline that %s: what was not compared is said, with its own words, and the end is 3', async (name, main, said) => {
  const project = join(folder, name.replaceAll(' ', '-'));
  mkdirSync(project);
  symlinkSync(join(referenceProject, '.venv'), join(project, '.venv'));
  writeFileSync(join(project, 'main.py'), main);
  writeFileSync(join(project, 'worker-contract.yaml'), contract);
  const { exitCode, stderr, stdout } = await execa(process.execPath, [inspect, referenceBinary, '--baseline', project], {
    reject: false, stdin: 'ignore',
  });
  for (const line of said) expect(stderr).toMatch(line);
  expect(stderr).toMatch(/not compared with the baseline: .*\bkinds, data, metadata, plugins\b.*: the baseline does not/);
  expect(stdout).not.toContain('ORDERS_DATABASE_URL');
  expect(exitCode).toBe(stderr.includes('against the baseline: ') ? 1 : 3);
}, 300_000);

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { Launch } from '../launch/launch.ts';
import { createRunFolder, newRun, removeRun } from '../launch/run-folder.ts';
import { libc } from '../processes/libc-linux.ts';
import { memoryOfTree } from '../processes/memory.ts';
import { findOnPath } from '../tools/on-path.ts';
import { waitFor } from '../wait.ts';
import { costOfLiving, noCost, parseFaults } from './launch-cost.ts';

// Programs of known cost. Whatever else runs here meanwhile makes them slower, not more costly.
const run = newRun();
createRunFolder(run);
const started: Launch[] = [];
const python = (script: string): Launch => {
  const launch = Launch.start(run, { file: findOnPath('python3') ?? '', args: ['-S', '-c', script], variant: 'subject' }, {});
  started.push(launch);
  return launch;
};
const isReady = async (launch: Launch): Promise<void> => {
  const said = (): true | undefined => /ready/.test(launch.output.text()) || undefined;
  await waitFor('its word', said, { deadlineMs: 60_000, over: () => (launch.exit && launch.output.tail(5)) });
};
const exact = (): NonNullable<typeof libc> => {
  if (libc === undefined) throw new Error('koffi does not load');
  return libc;
};

afterEach(async () => {
  for (const launch of started.splice(0)) await launch.dispose();
});
afterAll(() => removeRun(run));

const burning = 'import time\nwhile time.process_time() < 0.5: pass\n';
const inChildren = `import os\nfor _ in range(2):\n  if os.fork() == 0:\n    exec(${JSON.stringify(burning)})\n    os._exit(0)\n`;
const waiting = 'import time; print("ready", flush=True); time.sleep(60)';

/** What a program costs that runs to its end, and how long it took: in a process of its own, where nothing else ends meanwhile. */
async function toEnd(script: string): Promise<{ cpuMs: number; pageFaults: number; wallMs: number }> {
  const measuring = fork(fileURLToPath(import.meta.resolve('./launch-cost.fixture.ts')), [script], { execArgv: [] });
  const [told] = await once(measuring, 'message');
  expect(told).toMatchObject({ code: 0 });
  return told;
}

describe.runIf(process.platform === 'linux')('a program of known cost', () => {
  test('burns 500 ms: its CPU, and the CPU of children that it waits for', async () => {
    const nothing = await toEnd('pass');
    const alone = await toEnd(burning);
    expect(alone.cpuMs).toBeGreaterThan(490);
    expect(alone.cpuMs).toBeLessThan(560 + nothing.cpuMs);
    expect(alone.wallMs).toBeGreaterThan(490);
    const children = await toEnd(`${inChildren}for _ in range(2): os.wait()`);
    expect(children.cpuMs).toBeGreaterThan(980);
    expect(children.cpuMs).toBeLessThan(1_080 + nothing.cpuMs);
  }, 60_000);

  test('sleeps: time without CPU', async () => {
    const nothing = await toEnd('pass');
    const asleep = await toEnd('import time; time.sleep(1)');
    expect(asleep.wallMs).toBeGreaterThan(1_000);
    expect(asleep.cpuMs - nothing.cpuMs).toBeLessThan(100);
  }, 60_000);

  test('touches 100 MB: one fault for each page', async () => {
    const nothing = await toEnd('pass');
    const pages = await toEnd('import mmap\nm = mmap.mmap(-1, 25_600 * 4096)\nm.madvise(mmap.MADV_NOHUGEPAGE)\nfor i in range(25_600): ' +
      'm[i * 4096] = 1');
    expect((pages.pageFaults - nothing.pageFaults) / 25_600).toBeGreaterThan(0.99);
    expect((pages.pageFaults - nothing.pageFaults) / 25_600).toBeLessThan(1.05);
  }, 60_000);

  test('lives on after it has burnt 500 ms in itself and 500 ms in a child that has ended', async () => {
    const child = `import os\nif os.fork() == 0:\n  exec(${JSON.stringify(burning)})\n  os._exit(0)\nos.wait()\n`;
    const launch = python(`${burning}${child}${waiting}`);
    await isReady(launch);
    const { cpuMs, pageFaults } = costOfLiving(launch.alive().map(({ pid }) => pid), exact());
    expect(cpuMs).toBeGreaterThan(970);
    expect(cpuMs).toBeLessThan(1_200);
    expect(pageFaults).toBeGreaterThan(500);
  }, 60_000);

  test('holds 200 MB', async () => {
    const launch = python(`held = bytearray(200_000_000)\nheld[::4096] = b"x" * len(held[::4096])\n${waiting}`);
    await isReady(launch);
    const bytes = memoryOfTree(launch.alive());
    expect(bytes).toBeGreaterThan(200e6);
    expect(bytes).toBeLessThan(220e6);
  }, 60_000);

  test('shares 100 MB between two processes: counted once', async () => {
    const sharing = 'import mmap, os, time\nm = mmap.mmap(-1, 100_000_000)\nm.write(b"x" * 100_000_000)\nread, write = os.pipe()\n' +
      'if os.fork() == 0:\n  sum(m[::4096])\n  os.write(write, b"x")\n  time.sleep(60)\nos.read(read, 1)\n';
    const launch = python(`${sharing}${waiting}`);
    await isReady(launch);
    expect(launch.alive()).toHaveLength(2);
    const bytes = memoryOfTree(launch.alive());
    expect(bytes).toBeGreaterThan(100e6);
    expect(bytes).toBeLessThan(125e6);
  }, 60_000);
});

test('faults are of the process and of its ended children, minor and major', () => {
  expect(parseFaults('12 (a (b) c) S 1 12 12 0 -1 4194560 100 20 3 4 50 60 7 8 20 0')).toBe(127);
});

test('where the calls are not to be had, it is said why', () => {
  expect(noCost(libc) === undefined).toBe(libc !== undefined);
  expect(noCost(undefined, 'linux')).toEqual({ reason: expect.stringContaining('koffi does not load'), isSystem: false });
  expect(noCost(undefined, 'darwin')).toEqual({ reason: 'CPU of a process tree is told exactly on Linux only', isSystem: true });
});

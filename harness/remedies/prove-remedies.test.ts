import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test as base } from 'vitest';
import { plainBaseline } from '../baselines/survey/survey.testing.ts';
import { changeOf } from '../runtimes/pyinstaller/hazards/spec-change.ts';
import { listProcesses } from '../system/processes/process-table.ts';
import { createRunFolder, notedPids, type RunFolder } from '../system/launch/run-folder.ts';
import type { Finding } from '../model/report.ts';
import { buildChanged } from '../runtimes/pyinstaller/rebuild/build.ts';
import { settled } from '../runtimes/pyinstaller/rebuild/own-code.ts';
import { CannotHelp, NotTried } from '../model/not-tried.ts';
import { prepare } from './copy-project.ts';
import { proveRemedies } from './prove-remedies.ts';

const reference = fileURLToPath(new URL('../../fixtures/agent-runner/', import.meta.url));
const python = join(reference, process.platform === 'win32' ? '.venv/Scripts/python.exe' : '.venv/bin/python');

type World = { readonly project: string; readonly run: RunFolder; readonly evidenceFolder: string; readonly write: (
  file: string, text: string
) => void };

const test = base.extend<{ world: World }>({
  // oxlint-disable-next-line no-empty-pattern
  world: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'frostgate-prove-'));
    const run = { folder: join(folder, 'run'), mark: 'cafe' };
    const write = (file: string, text: string): void => {
      mkdirSync(dirname(join(folder, 'project', file)), { recursive: true });
      writeFileSync(join(folder, 'project', file), text);
    };
    createRunFolder(run);
    write('hello.py', 'import importlib, json\nprint(importlib.import_module("la" + "zy").word)\n');
    write('lazy.py', 'word = "from the copy"\n');
    write('hello.spec', 'a = Analysis(["hello.py"], excludes=["tkinter", "unittest", "ssl"])\nEXE(PYZ(a.pure), a.scripts, a.binaries, ' +
      'a.datas, name="hello")\n');
    await use({ project: join(folder, 'project'), run, evidenceFolder: join(folder, 'evidence'), write });
    rmSync(folder, { recursive: true });
  },
});

beforeAll(() => {
  if (!existsSync(python)) execFileSync('bash', [join(reference, 'build.sh'), 'install'], { stdio: 'ignore' });
}, 180_000);

const workshop = ({ project, run }: World, signal = new AbortController().signal, interpreter = python) =>
  prepare({ baseline: plainBaseline(project, interpreter), binary: '/elsewhere/hello', named: undefined, run, signal });
const lazy = changeOf({ hazard: 'BC-02', args: { module: 'lazy' } }) ?? [];
const everything = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

describe('a build with a change', () => {
  test('has what the spec left out, and leaves the project as it was', { timeout: 300_000 }, async ({ world }) => {
    const before = everything(world.project);
    const log = join(world.run.folder, 'build.log');
    const { binary, command } = await buildChanged(await workshop(world), lazy, 'BC-02-1', log);
    expect(execFileSync(binary, { encoding: 'utf8' })).toBe('from the copy\n');
    expect(command).toBe('.venv/bin/pyinstaller hello.spec');
    expect(readFileSync(log, 'utf8')).toContain('Build complete');
    expect(everything(world.project)).toEqual(before);
    expect(notedPids(world.run)).toEqual([]);
  });

  test('that the change makes impossible is a remedy that does not help', { timeout: 60_000 }, async ({ world }) => {
    const change = changeOf({ hazard: 'BC-05', args: { distribution: 'never-was' } }) ?? [];
    await expect(buildChanged(await workshop(world), change, 'BC-05-1', join(world.run.folder, 'build.log'))).rejects.toThrow(CannotHelp);
  });

  test('with a module that the environment does not have is a remedy that does not help', { timeout: 300_000 }, async ({ world }) => {
    const change = changeOf({ hazard: 'BC-02', args: { modules: 'never_was, nor_this.one' } }) ?? [];
    const building = buildChanged(await workshop(world), change, 'BC-02-1', join(world.run.folder, 'build.log'));
    await expect(building).rejects.toThrow(new CannotHelp('built by .venv/bin/pyinstaller hello.spec, the executable still has no ' +
      'never_was, nor_this.one'));
  });

  // The project is not installed, and lies on no path of a build by its user: what collects the data of its package finds none.
  test("of a project's own data does what its user's build does", { timeout: 300_000 }, async ({ world }) => {
    world.write('own/__init__.py', 'from pathlib import Path\nword = (Path(__file__).parent / "texts/a.txt").read_text()\n');
    world.write('own/texts/a.txt', 'its own text');
    world.write('hello.py', 'import own\nprint(own.word)\n');
    const asked = changeOf({ hazard: 'BC-04', args: { file: 'own/texts/a.txt' } }) ?? [];
    const log = join(world.run.folder, 'build.log');
    await expect(buildChanged(await workshop(world), asked, 'BC-04-1', log)).rejects.toThrow(CannotHelp);
    const told = settled(asked, { project: world.project, entry: 'hello.py', from: '' });
    const { binary } = await buildChanged(await workshop(world), told, 'BC-04-2', log);
    expect(execFileSync(binary, { encoding: 'utf8' })).toBe('its own text\n');
  });

  test('by make, and without a spec file', { timeout: 300_000 }, async ({ world }) => {
    world.write('Makefile', 'deps:\n\tfalse\n\nhello:\n\tpyinstaller --onefile --exclude-module ssl hello.py\n');
    const before = everything(world.project);
    const { binary, command } = await buildChanged(await workshop(world), lazy, 'BC-02-1', join(world.run.folder, 'build.log'));
    expect([command, execFileSync(binary, { encoding: 'utf8' })]).toEqual(['make hello', 'from the copy\n']);
    expect(everything(world.project)).toEqual(before);
  });

  test('by the next command where a likelier one does not build', { timeout: 300_000 }, async ({ world }) => {
    world.write('Makefile', 'hello:\n\t../tools/missing.sh && pyinstaller hello.spec\n');
    const built = await buildChanged(await workshop(world), lazy, 'BC-02-1', join(world.run.folder, 'build.log'));
    expect([built.command, execFileSync(built.binary, { encoding: 'utf8' })]).toEqual([
      '.venv/bin/pyinstaller hello.spec', 'from the copy\n',
    ]);
    expect(built.failed).toEqual([expect.stringMatching(/^make hello does not build a copy of the project \(exit code 2\): make: /)]);
  });

  test('that fails anyhow is not tried, with the last line of the log', { timeout: 60_000 }, async ({ world }) => {
    world.write('hello.spec', 'raise SystemExit("make the\\x1b[31m assets first")\n');
    const building = buildChanged(await workshop(world), lazy, 'BC-02-1', join(world.run.folder, 'build.log'));
    await expect(building).rejects.toThrow(new NotTried('.venv/bin/pyinstaller hello.spec does not build a copy of the ' +
      'project (exit code 1): make the assets first'));
  });

  test('ends with everything that it started when the run is interrupted', { timeout: 60_000 }, async ({ world }) => {
    const started = join(world.run.folder, 'started');
    world.write('hello.spec', `import subprocess, time\nchild = subprocess.Popen(["sleep", "987"], ` +
      `start_new_session=True)\nopen(${JSON.stringify(started)}, "w").write(str(child.pid))\ntime.sleep(987)\n`);
    const interrupt = new AbortController();
    const building = buildChanged(await workshop(world, interrupt.signal), lazy, 'BC-02-1', join(world.run.folder, 'build.log'));
    const outcome = building.then(() => 'built', (error: unknown) => error);
    await expect.poll(() => existsSync(started) && readFileSync(started, 'utf8') !== '', { timeout: 30_000 }).toBe(true);
    interrupt.abort();
    expect(await outcome).toEqual(new NotTried('interrupted'));
    const pid = Number(readFileSync(started, 'utf8'));
    expect(listProcesses().filter((entry) => entry.pid === pid && !entry.zombie)).toEqual([]);
  });
});

describe('what cannot be tried says why', () => {
  const finding: Finding = {
    hazard: 'BC-02', args: { module: 'lazy' }, cause: 'c', remedy: 'r', line: 'l', source: 's', explains: ['execution.a'],
  };
  const prove = ({
    project, run, evidenceFolder,
  }: World, more: { python?: string; signal?: AbortSignal; findings?: readonly Finding[] } = {}) =>
    proveRemedies({
      baseline: plainBaseline(project, more.python ?? python),
      binary: '/elsewhere/hello', named: undefined, run, evidenceFolder, findings: more.findings ?? [finding], failed: [],
      verification: {
        options: { temporalAddress: undefined, temporalCli: undefined, services: 'auto' }, baseline: project, contract: undefined,
      },
      signal: more.signal ?? new AbortController().signal, say: () => {},
    });

  test('no PyInstaller in the environment', { timeout: 60_000 }, async ({ world }) => {
    const { findings: [{ proof } = finding] } = await prove(world, { python: '/usr/bin/python3' });
    expect(proof).toEqual({
      outcome: 'not tried',
      sentence: `PyInstaller is not installed in the environment of ${world.project}, so nothing can be built; run: ` +
        '.venv/bin/pip install pyinstaller',
    });
  });

  test('no spec file', async ({ world }) => {
    rmSync(join(world.project, 'hello.spec'));
    const { findings: [{ proof } = finding] } = await prove(world);
    expect(proof).toEqual({ outcome: 'not tried', sentence: `there is no spec file in ${world.project}; name it as source.spec in the ` +
      'contract, or its build command as source.build' });
  });

  test('interrupted', async ({ world }) => {
    const { findings: [{ proof } = finding] } = await prove(world, { signal: AbortSignal.abort() });
    expect(proof).toEqual({ outcome: 'not tried', sentence: 'interrupted' });
  });

  test('a finding that explains nothing, and one whose remedy is no change of the spec, stay without a word', async ({ world }) => {
    const findings = [{ ...finding, explains: [] }, { ...finding, hazard: 'PM-08' }, { ...finding, args: { module: '../x' } }];
    expect(await prove(world, { findings })).toEqual({ findings, repaired: undefined });
    expect(existsSync(join(world.run.folder, 'remedies'))).toBe(false);
  });
});

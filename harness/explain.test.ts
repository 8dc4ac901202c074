import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('explain.ts', import.meta.url));
const installed = fileURLToPath(new URL('frostgate.ts', import.meta.url));

/** The command in a process of its own. */
async function run(args: readonly string[], from = [script]) {
  const options = { reject: false, stdin: 'ignore', timeout: 30_000 } as const;
  const { stdout, stderr, exitCode } = await execa(process.execPath, [...from, ...args], options);
  return { stdout, stderr, code: exitCode };
}

test.each([
  ['from the sources', [script]], ['installed', [installed, 'explain']],
])('a page is printed, %s, without colour', async (_, from) => {
  const { stdout, stderr, code } = await run(['tw-18'], from);
  expect(stdout).toMatch(/^TW-18 {2}.*\n\nmeans {7}\w[^]*\nseen {8}\w[^]*\nrepairs {5}\w[^]*pyimod01_archive\.open/);
  expect(stdout).toMatch(/^shown by {4}no-open-hook /m);
  expect({ stderr, code, coloured: stdout.includes('\u001B') }).toEqual({ stderr: '', code: 0, coloured: false });
});

test('--json prints it as data', async () => {
  const { stdout, code } = await run(['shutdown.sigterm.parent.idle', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'check', id: 'shutdown.sigterm.parent.idle', entry: 'shutdown.<signal>.parent.idle' });
  expect(code).toBe(0);
});

test('without an id all are listed, with an area its own', async () => {
  const [all, area] = await Promise.all([run([]), run(['artifact'])]);
  expect(all.stdout).toMatch(/^artifact: [^]*\n {2}artifact\.format +\w[^]*\nTW: [^]*\n {2}TW-18 +\w/);
  expect(area.stdout).toMatch(/^artifact: .*\n(?: {2}artifact\.[\w-]+ +\w.*\n?){6}$/);
});

test.each([
  ['an unknown id', ['TW-99'], /^error: TW-99 is no check and no hazard; did you mean TW-\d\d\?$/],
  ['one that is like none', ['zebra'], /^error: zebra is no check and no hazard; npm run explain -- without an id lists all$/],
  ['two ids', ['TW-17', 'TW-18'], /^error: name one id, got TW-17, TW-18: npm run explain -- TW-17$/],
  ['an unknown flag', ['TW-17', '--jsn'], /^error: unknown flag --jsn; did you mean --json\?$/],
])('%s ends with 2 and one sentence', async (_, args, says) => {
  const { stdout, stderr, code } = await run(args);
  expect(stderr).toMatch(says);
  expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
});

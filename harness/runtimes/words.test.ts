import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runtimes, isAlarm, isUnpackedFolder, leftOverRemedy, runtimeOf } from './registry.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What only one runtime has, in code, comments and texts. */
const own = /_MEI|hiddenimports|bootloader|\[PYI-|base_library/i;

test('what only one runtime has is said nowhere else', () => {
  const files = globSync('{harness,suites}/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  const others = files.filter((file) => !/^harness\/(?:runtimes|explained)\/|\.(?:test|testing)\.ts$/.test(file));
  expect(others.length).toBeGreaterThan(200);
  expect(others.filter((file) => own.test(readFileSync(`${root}${file}`, 'utf8')))).toEqual([]);
});

test('a runtime is found by its name, and what none has is native', () => {
  for (const runtime of runtimes) expect(runtimeOf(runtime.id)).toBe(runtime);
  expect(runtimeOf('zipapp').writes).toContain('~/.shiv/');
  expect([runtimeOf('none').id, runtimeOf(undefined).id]).toEqual(['native', 'native']);
});

test('what PyInstaller prints and leaves is told from what a worker does', () => {
  const lines = ['[PYI-812:ERROR] Failed to execute script', '[PYI-812:WARNING] x', '[PYI-812:DEBUG] x', 'ERROR: mine'];
  expect(lines.map(isAlarm)).toEqual([true, true, false, false]);
  expect(['_MEIabc', '_MEI', 'tmp_MEI', 'pytest-1'].map(isUnpackedFolder)).toEqual([true, true, false, false]);
  expect(['onefile_812_1767225600000000_ab12', 'onefile_x'].map(isUnpackedFolder)).toEqual([true, false]);
  expect(leftOverRemedy(['x', '_MEIabc'])).toMatch(/^the bootloader could not remove its directory/);
  expect(leftOverRemedy(['x'])).toBeUndefined();
});

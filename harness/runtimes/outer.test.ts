import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readBundle } from './subject.ts';

const reference = fileURLToPath(new URL('../../fixtures/agent-runner/dist/agent-runner', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'outer-'));
afterAll(() => rmSync(folder, { recursive: true }));

function copy(name: string): string {
  copyFileSync(reference, join(folder, name));
  return join(folder, name);
}

const sentences = async (file: string) => (await readBundle(file)).oddities.map(({ kind, sentence }) => `${kind}: ${sentence}`);

describe.runIf(process.platform === 'linux')('what is unusual about a file is told', () => {
  test('nothing of one as it was built', async () => {
    expect(await sentences(copy('plain'))).toEqual([]);
  });

  test('its mode', async () => {
    const file = copy('mode');
    chmodSync(file, 0o6757);
    expect(await sentences(file)).toEqual([
      'unsafe-mode: its mode 6757 says that it runs as its owner (setuid)', 'unsafe-mode: its mode 6757 says that it runs as its group ' +
        '(setgid)', 'unsafe-mode: its mode 6757 says that it may be written by everyone',
    ]);
  });

  test('bytes behind its package', async () => {
    const file = copy('appended');
    appendFileSync(file, 'x'.repeat(33));
    expect(await sentences(file)).toEqual(['appended-bytes: 33 bytes follow its package, which PyInstaller does not write']);
  });

  test('a section that nobody of ours made', async () => {
    const file = copy('section');
    execFileSync('objcopy', ['--add-section', `payload=${fileURLToPath(import.meta.url)}`, file]);
    expect(await sentences(file)).toEqual(['foreign-section: its section "payload" is neither a compiler\'s nor PyInstaller\'s']);
  });

  test('an extended attribute', async () => {
    const file = copy('attribute');
    execFileSync('python3', ['-c', 'import os, sys; os.setxattr(sys.argv[1], "user.origin", b"x")', file]);
    expect(await sentences(file)).toEqual(['extended-attribute: it has the extended attribute "user.origin", which no archive keeps']);
  });
});

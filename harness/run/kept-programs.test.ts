import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const library = fileURLToPath(new URL('../../fixtures/build-lib.sh', import.meta.url));
const name = 'pipdeptree-2.28.0';

test('what the builds keep in the cache is whole at its place', { timeout: 120_000 }, async () => {
  const cache = await mkdtemp(join(tmpdir(), 'frostgate-cache-'));
  const keep = () => execa('bash', ['-euc', '. "$0"; keep_programs python3 "$@"', library, name, 'pipdeptree==2.28.0'], {
    env: { XDG_CACHE_HOME: cache }, stdin: 'ignore',
  });
  try {
    const home = join(cache, 'frostgate', name);
    expect((await keep()).stdout).toBe(home);
    for (const program of ['pip', 'pipdeptree']) await execa(join(home, 'bin', program), ['--version']);
    expect((await execa('bash', ['-c', `. ${home}/bin/activate && command -v pipdeptree`])).stdout).toBe(join(home, 'bin', 'pipdeptree'));
    expect(await readFile(join(home, 'pyvenv.cfg'), 'utf8')).toContain(home);
    // Nothing in it names the place where it was made, bytecode included.
    expect((await execa('grep', ['-rlF', `${cache}/frostgate/.`, home], { reject: false })).stdout).toBe('');
    expect(await readdir(join(cache, 'frostgate'))).toEqual([name]);
    expect((await keep()).stderr).toBe('');
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
});

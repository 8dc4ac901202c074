import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { cached, cacheFolder } from '../../harness/system/tools/cache.ts';
import { root } from '../support/command.ts';
import type { ArmRoot } from './debian.ts';
import type { Sabotage } from './sabotages.ts';

/** Whoever changes how a worker is made here changes this. */
const form = 2;

/** The tags of wheels for Linux on arm64, by the oldest glibc that they need (PEP 600); Debian 12 has 2.36. */
const tags = ['manylinux2014_aarch64', ...Array.from({ length: 20 }, (_, minor) => `manylinux_2_${minor + 17}_aarch64`)];

/** The command with which others run where arm64 executables do. */
export function inNamespace({ qemu, root: arm }: ArmRoot): readonly [string, ...string[]] {
  const script = fileURLToPath(new URL('namespace.sh', import.meta.url));
  return ['unshare', '--user', '--map-root-user', '--mount', '--propagation', 'private', 'bash', script, qemu, arm];
}

/**
 * A copy of a worker of `fixtures` with an arm64 environment in .venv and the executable in dist, made once for each state of its sources
 * and its lock, perhaps with a fault. The wheels are fetched by the machine's own pip, which verifies the hashes of the lock; PyInstaller
 * runs under QEMU.
 */
export async function frozenOnArm(
  worker: string, arm: ArmRoot, signal: AbortSignal, { spec = worker, edits = [] }: Pick<Sabotage, 'spec' | 'edits'> = {},
): Promise<string> {
  const { stdout } = await execa('git', ['ls-files', '-co', '--exclude-standard', '--', '.', ':!tests', ':!README.md'], {
    cwd: join(root, 'fixtures', worker), cancelSignal: signal,
  });
  const files = stdout.split('\n').filter((file) => file !== '' && !file.endsWith('.yaml'));
  const digest = createHash('sha256').update(JSON.stringify([spec, edits]));
  for (const file of files) digest.update(file).update(readFileSync(join(root, 'fixtures', worker, file)));
  const name = `emulation-arm64-${worker}-${form}-${digest.digest('hex').slice(0, 16)}`;
  return cached(name, async (folder) => {
    for (const file of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(root, 'fixtures', worker, file), join(folder, file));
    }
    for (const [file, from, to] of edits) {
      const text = readFileSync(join(folder, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} of ${worker} has no "${from}" any more`);
      writeFileSync(join(folder, file), text.replace(from, to));
    }
    const site = join(folder, '.venv/lib/python3.11/site-packages');
    await makeEnvironment(folder, site, arm, signal);
    // It will lie elsewhere, which an environment does not mind; a path to the source does.
    writeFileSync(join(site, 'worker.pth'), `${folder}\n`);
    const [command, ...words] = inNamespace(arm);
    await execa(command, [...words, '.venv/bin/python', '-m', 'PyInstaller', '--noconfirm', `${spec}.spec`], {
      cwd: folder, cancelSignal: signal, all: true,
      env: {
        // The arm64 ldd, objcopy and libpython are to be found, not this machine's.
        PATH: `${arm.root}/usr/bin:${process.env['PATH']}`, LD_LIBRARY_PATH: join(arm.root, 'usr/lib/aarch64-linux-gnu'),
        PYTHONHASHSEED: '0', PYINSTALLER_ZLIB_COMPRESSION_LEVEL: '1',
      },
    });
    writeFileSync(join(site, 'worker.pth'), `${join(cacheFolder(), name)}\n`);
  });
}

/** A virtual environment as venv makes it (PEP 405), by hand: nothing of it has to run under QEMU. */
async function makeEnvironment(folder: string, site: string, arm: ArmRoot, signal: AbortSignal): Promise<void> {
  const programs = join(folder, '.venv/bin');
  mkdirSync(site, { recursive: true });
  mkdirSync(programs);
  symlinkSync(join(arm.root, 'usr/bin/python3.11'), join(programs, 'python'));
  for (const name of ['python3', 'python3.11']) symlinkSync('python', join(programs, name));
  writeFileSync(join(folder, '.venv/pyvenv.cfg'), `home = ${arm.root}/usr/bin\ninclude-system-site-packages = false\nversion = 3.11.2\n`);
  const lock = fileURLToPath(new URL('locked.py', import.meta.url));
  const { stdout } = await execa('python3', [lock, join(folder, 'poetry.lock')], { cancelSignal: signal });
  const requirements = join(folder, '.requirements.txt');
  writeFileSync(requirements, stdout);
  const install = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--no-compile', '--root-user-action=ignore'];
  await execa('python3', [
    ...install, '--target', site, '--only-binary=:all:', '--require-hashes', '--python-version', '3.11',
    ...tags.flatMap((tag) => ['--platform', tag]), '-r', requirements,
  ], { cancelSignal: signal });
  // The worker's own metadata; its code stays where it is.
  const own = join(folder, '.own');
  await execa('python3', [...install, '--target', own, folder], { cancelSignal: signal });
  await execa('bash', ['-c', 'mv "$1"/*.dist-info "$2"/ && rm -r "$1"', 'x', own, site], { cancelSignal: signal });
}

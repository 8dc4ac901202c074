import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { cached } from '../../harness/system/tools/cache.ts';

/** What freezing and running a worker takes of an arm64 Debian; their dependencies come with them. */
const packages = [
  'python3.11', 'libpython3.11', 'python3-distutils', 'binutils', 'libc-bin', 'zlib1g', 'libstdc++6', 'qemu-user-static:amd64',
];

/** Whoever changes what is made of the packages changes this. */
const form = 'emulation-arm64-root-1';

/** The arm64 packages, unpacked and not installed, and the QEMU that runs them. */
export type ArmRoot = { readonly root: string; readonly qemu: string };

/**
 * Fetches them once, about 65 MB in 10 s, through the machine's own apt with lists of its own: apt verifies them by the hashes of Debian's
 * signed index. @throws {Error} with apt's words where it cannot.
 */
export async function armRoot(signal: AbortSignal): Promise<ArmRoot> {
  const folder = await cached(form, async (into) => {
    const [apt, root] = [join(into, 'apt'), join(into, 'root')];
    for (const name of ['state/lists/partial', 'cache/archives/partial']) mkdirSync(join(apt, name), { recursive: true });
    writeFileSync(join(apt, 'status'), '');
    const settings = [
      'APT::Architecture=arm64', 'APT::Architectures::=arm64', 'APT::Architectures::=amd64', `Dir::State=${apt}/state`,
      `Dir::State::status=${apt}/status`, `Dir::Cache=${apt}/cache`, 'APT::Install-Recommends=false', 'Acquire::Languages=none',
      'APT::Sandbox::User=root', 'Acquire::Retries=3',
    ].flatMap((setting) => ['-o', setting]);
    await execa('apt-get', [...settings, '-qq', 'update'], { cancelSignal: signal });
    await execa('apt-get', [...settings, '-qq', '-y', '--download-only', 'install', ...packages], { cancelSignal: signal });
    const archives = join(apt, 'cache/archives');
    // Debian's are not all merged: with /lib in /usr/lib they are, as they are on the machine.
    mkdirSync(join(root, 'usr/lib'), { recursive: true });
    symlinkSync('usr/lib', join(root, 'lib'));
    mkdirSync(join(into, 'qemu'));
    for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
      const target = name.startsWith('qemu-user-static_') ? join(into, 'qemu') : root;
      await unpack(join(archives, name), target, signal);
    }
    await rm(apt, { recursive: true });
  });
  return { root: join(folder, 'root'), qemu: join(folder, 'qemu/usr/bin/qemu-aarch64-static') };
}

async function unpack(archive: string, target: string, signal: AbortSignal): Promise<void> {
  const without = ['--exclude=./usr/share/doc', '--exclude=./usr/share/man'];
  const options = ['--extract', '--directory', target, '--keep-directory-symlink', ...without];
  const only = archive.includes('qemu-user-static_') ? ['./usr/bin/qemu-aarch64-static'] : [];
  await execa('tar', [...options, ...only], {
    input: execa('dpkg-deb', ['--fsys-tarfile', archive], { cancelSignal: signal, buffer: false }).stdout, cancelSignal: signal,
  });
}

import { access, constants, stat } from 'node:fs/promises';
import { withFile } from '../runtimes/native/byte-source.ts';
import { interpreterLine } from '../runtimes/native/zipapp.ts';
import { identify, type Identity } from '../runtimes/identify.ts';
import { messageOf, UsageError } from '../model/errors.ts';
import { howToRun } from '../system/emulation/emulation.ts';
import { platformId } from '../system/platform.ts';

/**
 * What an executable is, as its headers tell: that which `flag` names. Refuses a file that cannot be it on this machine: throws a
 * UsageError naming the file, the rule and the fix. A damaged executable passes: artifact.format is there to fail for it.
 */
export async function checkSubject(file: string, machine: string = platformId(), flag = '--binary'): Promise<Identity> {
  const failed = (cause: NodeJS.ErrnoException): never => {
    const missing = cause.code === 'ENOENT' || cause.code === 'ENOTDIR';
    throw new UsageError(missing
      ? `${file}: no such file; build it first, or name another with ${flag}` : `${file}: cannot be read: ${messageOf(cause)}`, { cause });
  };
  const found = await stat(file).catch(failed);
  if (found.isDirectory()) throw new UsageError(`${file}: is a folder; name the executable in it`);
  if (!found.isFile()) throw new UsageError(`${file}: is not a regular file; name an executable`);
  if (found.size === 0) throw new UsageError(`${file}: is empty; build it again`);
  const identity = await identify(file).catch(failed);
  const { format, platforms } = identity;
  const kinds = 'ELF, Mach-O, PE or a Python zipapp';
  if (format === 'text') throw new UsageError(`${file}: is a text file; name the built executable (${kinds}), not a script`);
  if (format === 'unknown') throw new UsageError(`${file}: is not an executable (${kinds}); name the file that the build made`);
  if (platforms.length > 0 && !platforms.includes(machine)) {
    const names = platforms.join(' and ');
    throw new UsageError(`${file}: is a ${names} executable, this machine is ${machine}: ` + (flag === '--binary'
      ? howToRun(platforms[0] ?? '') : `name the last release for this machine with ${flag}`));
  }
  if (format === 'zip' && (await withFile(file, interpreterLine)) === undefined) throw new UsageError(`${file}: is a Python program in a ` +
    "zip file without a #! line, which no system starts by itself; build it with one: python -m zipapp --python '/usr/bin/env python3'");
  await access(file, constants.X_OK).catch((cause: unknown) => {
    throw new UsageError(`${file}: is not executable; run: chmod +x '${file}'`, { cause });
  });
  return identity;
}

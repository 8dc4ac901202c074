import { constants, existsSync } from 'node:fs';
import { access, chmod, cp, mkdir, realpath, rename, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { InfrastructureError, messageOf, UsageError } from '../model/errors.ts';
import { digestOfTree, type TreeDigest } from '../runtimes/native/tree-digest.ts';
import { noteRoom, type RunFolder } from '../system/launch/run-folder.ts';
import { plainName } from '../system/plain-name.ts';

/** An executable as its user named it, and what belongs to it: names seen from the folder that it really lies in. */
export type Original = {
  readonly named: string;
  /** What its runtime put there, `.` or `../..` for the whole of such a folder; what is missing of it makes the executable damaged. */
  readonly beside: readonly string[];
  /** What the contract says. */
  readonly files: readonly string[];
  /** The copy of another executable: this one gets its name and a path as long, where both have the same form. */
  readonly like?: string;
};

/** The copy: what is launched, and the digest of its folder where it is more than a file. */
export type Copy = { readonly binary: string; readonly tree: TreeDigest | undefined };

/**
 * Copies an executable, and what belongs to it, to a folder that nobody else knows of. That copy is hashed, read and launched: whoever
 * writes to the original meanwhile changes nothing that is verified. The folder ends with the run.
 * @throws {UsageError} where something that belongs to it is not there.
 * @throws {InfrastructureError} where there is no room for it, it is written to meanwhile, or nothing can be started there.
 */
export async function copyArtifact({ named, beside, files, like }: Original, run: RunFolder): Promise<Copy> {
  const original = await realpath(named);
  const folder = dirname(original);
  const whole = beside.find((name) => /^(?:\.|\.\.\/\.\.)$/.test(name));
  const from = join(folder, whole ?? '.');
  const [room = '', ...below] = like === undefined ? [] : relative(tmpdir(), like).split(sep);
  const wholeName = (below.length > 1 && below[0]) || basename(from);
  const to = join(noteRoom(run, like && plainName(room.length / 2)), whole === undefined ? '.' : wholeName);
  const there = beside.filter((name) => existsSync(join(folder, name)));
  const parts = whole === undefined ? [basename(original), ...new Set([...there, ...files])] : ['.'];
  const before = await stat(original, { bigint: true });
  for (const part of parts) await copy(join(from, part), join(to, part), { named, part });
  const after = await stat(original, { bigint: true });
  if (before.ino !== after.ino || before.size !== after.size || before.mtimeNs !== after.mtimeNs) {
    throw new InfrastructureError(`${named}: is written to while it is read; end what writes to it, and verify again`);
  }
  const copied = join(to, relative(from, original));
  await chmod(copied, 0o555);
  await mustBeStartable(copied);
  const tree = parts.length > 1 || whole !== undefined ? await digestOfTree(to) : undefined;
  if (like !== undefined) return { binary: await renamed(copied, basename(like)), tree };
  return { binary: basename(named) === basename(original) ? copied : await linked(copied, basename(named), run), tree };
}

async function renamed(copied: string, name: string): Promise<string> {
  const to = join(dirname(copied), name);
  await rename(copied, to);
  return to;
}

/** Some programs look at the name by which they were called. */
async function linked(copied: string, name: string, run: RunFolder): Promise<string> {
  const link = join(noteRoom(run), name);
  await mkdir(dirname(link), { mode: 0o700 });
  await symlink(copied, link);
  return link;
}

async function copy(from: string, to: string, { named, part }: { readonly named: string; readonly part: string }): Promise<void> {
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await cp(from, to, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (isMissing) throw new UsageError(`${named}: ${part} belongs beside it and is not there; build it, or correct artifact.files in ` +
      'the contract', { cause });
    throw new InfrastructureError(`${named}: cannot be copied to ${to}: ${messageOf(cause)}; TMPDIR names the folder that is used`, {
      cause,
    });
  }
}

async function mustBeStartable(file: string): Promise<void> {
  await access(file, constants.X_OK).catch((cause: unknown) => {
    throw new InfrastructureError(`no program can be started from ${dirname(file)} (${messageOf(cause)}), as on a file system that is ` +
      'mounted noexec; set TMPDIR to a folder from which one can', { cause });
  });
}

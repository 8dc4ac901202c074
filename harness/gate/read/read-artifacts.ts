import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { executableIn } from '../../runtimes/native/executable-in.ts';
import { describeFile, type Described } from '../../runtimes/native/executable.ts';
import { digestOfTree } from '../../runtimes/native/tree-digest.ts';
import { UsageError } from '../../model/errors.ts';
import { shown } from '../shown.ts';
import type { Place } from './read-reports.ts';
import { isRefusal, refusalOf, sha256OfHandle, withRegularFile } from './regular-file.ts';

/** A file, or a folder, about to be shipped, as it was read. */
export type Artifact = {
  /** As the user would write it. */
  readonly file: string;
  readonly name: string;
  /** Of the file; of a folder that of its tree. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly format: Described['format'];
  /** The platforms that its headers name. */
  readonly platforms: readonly string[];
};

/** An artifact that gave nothing to compare. */
export type NoArtifact = { readonly file: string; readonly problem: 'missing' | 'unreadable' | 'changed'; readonly why: string };

export type ReadArtifacts = { readonly read: readonly Artifact[]; readonly unread: readonly NoArtifact[] };

/** Reads the files about to be shipped; one that is named twice is read once. */
export async function readArtifacts(paths: readonly string[], { shownPath }: Pick<Place, 'shownPath'>): Promise<ReadArtifacts> {
  const results = new Map<string, Artifact | NoArtifact>();
  for (const path of paths) {
    const real = await realpath(path).catch(() => path);
    if (!results.has(real)) results.set(real, await readArtifact(path, shown(shownPath(path))));
  }
  const all = [...results.values()];
  return { read: all.filter((result) => 'sha256' in result), unread: all.filter((result) => 'problem' in result) };
}

async function readArtifact(path: string, file: string): Promise<Artifact | NoArtifact> {
  const isFolder = await stat(path).then((found) => found.isDirectory(), () => false);
  return isFolder ? await readFolder(path, file) : await readFile(path, file);
}

/** A folder that is shipped whole, told by the executable in it. */
async function readFolder(path: string, file: string): Promise<Artifact | NoArtifact> {
  try {
    const { format, platforms } = await describeFile(await executableIn(path));
    const { sha256, sizeBytes } = await digestOfTree(path);
    return { file, name: shown(basename(path)), sha256, sizeBytes, format, platforms };
  } catch (error) {
    if (error instanceof UsageError) return { file, problem: 'unreadable', why: shown(error.message.replaceAll(`${path}: `, 'it '), 200) };
    return { file, problem: 'unreadable', why: refusalOf(error).why };
  }
}

async function readFile(path: string, file: string): Promise<Artifact | NoArtifact> {
  // Identified by name after it was opened: a change in between shows in the two looks at it.
  const found = await withRegularFile(path, async (handle) => {
    const before = await handle.stat({ bigint: true });
    // No executable can be told of a file that is written to meanwhile.
    const identity = await describeFile(path).catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
    });
    const sha256 = await sha256OfHandle(handle);
    const { size, mtimeNs, ctimeNs } = await handle.stat({ bigint: true });
    const isSame = before.size === size && before.mtimeNs === mtimeNs && before.ctimeNs === ctimeNs;
    if (identity === undefined || !isSame) return undefined;
    return { file, name: shown(basename(path)), sha256, sizeBytes: Number(size), format: identity.format, platforms: identity.platforms };
  });
  if (isRefusal(found)) return { file, problem: found.refused, why: found.why };
  return found ?? { file, problem: 'changed', why: 'it changed while it was read' };
}

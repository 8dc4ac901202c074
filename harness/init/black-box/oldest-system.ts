import { realpath } from 'node:fs/promises';
import { BundleError } from '../../runtimes/native/errors.ts';
import { nativeFilesBeside } from '../../runtimes/native/files-beside.ts';
import { askingParts } from '../../runtimes/pyinstaller/floors.ts';
import { readBundle } from '../../runtimes/subject.ts';
import type { Release } from './release.ts';

/** The oldest system on which all of an executable loads, as a contract names it; empty where nothing in it asks for one. */
export async function oldestSystem({ file, isFolder }: Release): Promise<{ readonly glibc?: string; readonly macos?: string }> {
  try {
    const bundle = await readBundle(file);
    const beside = isFolder && bundle.kind === 'opaque' ? { nativeFiles: await nativeFilesBeside(await realpath(file)) } : {};
    const [newest] = askingParts({ ...bundle, ...beside });
    return newest === undefined ? {} : newest.system === 'glibc' ? { glibc: newest.version } : { macos: newest.version };
  } catch (error) {
    if (error instanceof BundleError) return {}; // whoever tries it tells what is wrong with it
    throw error;
  }
}

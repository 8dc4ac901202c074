import { statSync } from 'node:fs';
import { executableIn } from '../../runtimes/native/executable-in.ts';

/** The program that is released, alone or with all of its folder. */
export type Release = { readonly file: string; readonly isFolder: boolean };

/** What a path of a release names. @throws {BundleError} where it is a folder without a program, or with several. */
export async function releaseAt(path: string): Promise<Release> {
  return statSync(path).isDirectory() ? { file: await executableIn(path), isFolder: true } : { file: path, isFolder: false };
}

import { dirname } from 'node:path';
import type { FrozenBundle, Module } from '../../bundle.ts';
import { withFile } from '../../native/byte-source.ts';
import { orDamage } from '../../native/errors.ts';
import { readMarshalledCode, type MarshalledCode } from '../archive/marshal.ts';
import { isProjectScript } from '../compare/hints/mentions.ts';
import { withEntry } from '../entry-source.ts';
import { eachModuleCode } from '../module-code.ts';

/** A script or module with its code; a script is in no package. */
export type Coded = { readonly name: string; readonly package: string; readonly code: MarshalledCode };

/** The code of the project's own scripts; what is damaged is passed over. @throws what the file system throws. */
export async function entryCode(bundle: FrozenBundle): Promise<readonly Coded[]> {
  const entries = bundle.entries.filter((entry) => isProjectScript(bundle, entry));
  return await withFile(bundle.archiveFile, async (source) => {
    const opened = { source, folder: dirname(bundle.archiveFile) };
    const read = await Promise.all(entries.map((entry) => orDamage(async (): Promise<Coded> => {
      const bytes = await withEntry(opened, entry, (contents) => contents.read(0, entry.sizeBytes));
      return { name: entry.name, package: '', code: readMarshalledCode(bytes) };
    })));
    return read.flatMap(({ value }) => value ?? []);
  });
}

/**
 * The code of these modules; what is damaged is passed over, and so is what `isWanted` refuses of the bytes, which need not be understood
 * for that. @throws what the file system throws, {BundleError} when the file changed.
 */
export async function codeOf(
  bundle: FrozenBundle, names: (name: string) => boolean, isWanted: (code: Buffer) => boolean = () => true,
): Promise<readonly Coded[]> {
  const read: ReturnType<typeof orDamage<Coded>>[] = [];
  await eachModuleCode(bundle, (found) => {
    if ('code' in found && isWanted(found.code)) read.push(orDamage(async () => coded(found.module, found.code)));
  }, ({ name }) => names(name));
  return (await Promise.all(read)).flatMap(({ value }) => value ?? []);
}

function coded({ name, kind }: Module, code: Buffer): Coded {
  return { name, package: kind === 'package' ? name : name.slice(0, Math.max(0, name.lastIndexOf('.'))), code: readMarshalledCode(code) };
}

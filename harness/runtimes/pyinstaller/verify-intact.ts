import { dirname } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { readStored, readZip, type ZipEntry } from '../native/zip.ts';
import type { Entry, FrozenBundle } from '../bundle.ts';
import { BundleError } from '../native/bundle-error.ts';
import { inMemory, withFile, type ByteSource } from '../native/byte-source.ts';
import { isBomb, storedPart, withEntry, type Opened } from './entry-source.ts';
import { baseLibrary } from './frozen-modules.ts';
import { inflatedDamage } from './inflated-source.ts';
import { Malformed, orDamage } from '../native/malformed.ts';
import { eachModuleCode } from './module-code.ts';
import { shown } from './names.ts';
import { readExecutable } from '../native/native-file.ts';
import { readBundle } from '../read-bundle.ts';

/** Something in a file that is not what it was when it was built. */
export type Problem = {
  /** The entry, module or file. */
  readonly subject: string;
  /** One sentence without a full stop. */
  readonly sentence: string;
};

/**
 * Reads every byte of a bundle: each entry must inflate to exactly the length that it claims and with the right checksum, each
 * frozen module and each member of base_library.zip too; native files of a one-dir folder, which have no checksum, must not be cut
 * off. Memory stays small whatever the file claims. Of an opaque file only the headers are looked at. Empty when all is well.
 */
export async function verifyIntact(file: string): Promise<Problem[]> {
  try {
    const bundle = await readBundle(file);
    const damages = bundle.oddities.filter(({ kind }) => kind === 'damaged-executable').map(
      ({ sentence }) => ({ subject: file, sentence }),
    );
    return bundle.kind === 'opaque' ? damages : [...damages, ...(await verifyFrozen(bundle))];
  } catch (error) {
    if (error instanceof BundleError) return [{ subject: file, sentence: error.message }];
    throw error;
  }
}

async function verifyFrozen(bundle: FrozenBundle): Promise<Problem[]> {
  const problems: Problem[] = [];
  const report = (subject: string, damage: string | undefined) => {
    if (damage !== undefined) problems.push({ subject, sentence: `${shown(subject)} is damaged: ${damage}` });
  };
  await withFile(bundle.archiveFile, async (source) => {
    const opened = { source, folder: dirname(bundle.archiveFile) };
    for (const entry of bundle.entries) {
      const damage = await entryDamage(opened, entry);
      report(entry.name, damage);
      if (damage !== undefined || entry.role !== 'base library') continue;
      const zip = await orDamage(async () => await zipDamages(inMemory(await baseLibrary(opened, entry))));
      if ('value' in zip) for (const [name, member] of zip.value) report(`${entry.name}/${name}`, member);
      else report(entry.name, zip.damage);
    }
  });
  await eachModuleCode(bundle, (found) => 'damage' in found && report(found.module.name, found.damage));
  return problems;
}

async function entryDamage(opened: Opened, entry: Entry): Promise<string | undefined> {
  const { compressed, storedBytes, sizeBytes, role } = entry;
  if (isBomb(entry)) return `it claims to grow from ${storedBytes} to ${sizeBytes} bytes`;
  if (compressed) return await inflatedDamage(storedPart(opened.source, entry), sizeBytes);
  if (storedBytes !== sizeBytes) return `it is stored as it is, but claims ${sizeBytes} bytes instead of ${storedBytes}`;
  const isNative = role === 'library' || role === 'extension module';
  return isNative ? (await withEntry(opened, entry, readExecutable))?.damage : undefined;
}

/** The members of a zip file that do not give what its directory says. Throws Malformed when it has no readable directory. */
async function zipDamages(source: ByteSource): Promise<[string, string][]> {
  const entries = await readZip(source);
  if (entries === undefined) throw new Malformed('it is no zip file');
  const damages: [string, string][] = [];
  for (const entry of entries) {
    const damage = await memberDamage(source, entry);
    if (damage !== undefined) damages.push([entry.name, damage]);
  }
  return damages;
}

async function memberDamage(source: ByteSource, entry: ZipEntry): Promise<string | undefined> {
  const read = await orDamage(() => readStored(source, entry));
  if ('damage' in read) return read.damage;
  try {
    const contents = entry.method === 0 ? read.value : inflateRawSync(read.value, { maxOutputLength: Math.max(1, entry.sizeBytes) });
    if (contents.length !== entry.sizeBytes) return `it has ${contents.length} bytes instead of ${entry.sizeBytes}`;
    return crc32(contents) === entry.crc32 ? undefined : 'its checksum does not fit';
  } catch {
    return 'its compressed data are damaged';
  }
}

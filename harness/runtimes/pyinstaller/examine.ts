import { dirname } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { readStored, type ZipEntry } from '../native/zip.ts';
import type { Entry, FrozenBundle, Oddity } from '../bundle.ts';
import { withFile, type ByteSource } from '../native/byte-source.ts';
import { isProjectScript, mentionsFinder, type Mentions } from './compare/hints/mentions.ts';
import { isSearched, secretsFinder } from './compare/secrets.ts';
import { isBomb, withEntry, withWholeEntry, type Opened } from './entry-source.ts';
import { baseLibrary } from './modules.ts';
import { orDamage } from '../native/errors.ts';
import { eachModuleCode } from './module-code.ts';
import { shown } from './oddities.ts';
import type { Proven } from './native-files.ts';
import { readExecutable } from '../native/executable.ts';
import type { Observation } from '../../model/observation.ts';
import type { Secret } from '../../system/redact.ts';

/** Something in a file that is not what it was when it was built: the entry, module or file. */
export type Problem = Required<Pick<Oddity, 'subject' | 'sentence'>>;

/** What reading every byte of a bundle shows. */
export type Examination = {
  /**
   * Each entry must inflate to exactly the length that it claims and with the right checksum, each frozen module and each member of
   * base_library.zip too; native files of a one-dir folder, which have no checksum, must not be cut off. Empty when all is well.
   */
  readonly problems: readonly Problem[];
  readonly mentions: Mentions;
  readonly secrets: readonly Observation[];
};

export type ExamineOptions = {
  /** Somebody's own secrets, to be looked for. */
  readonly values?: readonly Secret[] | undefined;
  /** What was inflated to its end before, while it was listed. */
  readonly proven?: Proven | undefined;
};

/**
 * Reads every byte of a bundle once, for all that its bytes can tell. Memory stays small whatever the file claims.
 * @throws what the file system throws, and {BundleError} when the file changed.
 */
export async function examine(bundle: FrozenBundle, { values, proven = new Map() }: ExamineOptions = {}): Promise<Examination> {
  const problems: Problem[] = [];
  const [mentions, secrets] = [mentionsFinder(bundle.bytecodeMagic), secretsFinder(values)];
  const report = (subject: string, damage: string | undefined) => {
    if (damage !== undefined) problems.push({ subject, sentence: `${shown(subject)} is damaged: ${damage}` });
  };
  await withFile(bundle.archiveFile, async (source) => {
    const opened = { source, folder: dirname(bundle.archiveFile) };
    for (const entry of bundle.entries) {
      const known = entry.file === undefined && proven.has(entry.offset);
      const { found, damage } = known ? { damage: proven.get(entry.offset) } : await readEntry(opened, entry, async (contents) => {
        if (isProjectScript(bundle, entry)) mentions.script(entry.name, (await contents.read(0, entry.sizeBytes)).toString('latin1'));
        return await secrets.file(entry, contents);
      });
      report(entry.name, damage);
      if (damage !== undefined) continue;
      if (found !== undefined) secrets.add(entry.name, found);
      if (entry.role !== 'base library') continue;
      const library = await orDamage(() => baseLibrary(opened, entry));
      report(entry.name, library.damage);
      if (library.value === undefined) continue;
      const { source: zip, members } = library.value;
      for (const member of members) report(`${entry.name}/${member.name}`, await memberDamage(zip, member));
    }
  });
  await eachModuleCode(bundle, (found) => {
    if ('damage' in found) return report(found.module.name, found.damage);
    const code = found.code.toString('latin1');
    mentions.module(found.module.name, code);
    secrets.module(found.module.name, code);
  });
  return { problems, mentions: mentions.found(), secrets: secrets.found() };
}

/** What the frozen code mentions by name, without the rest: damaged and encrypted code is passed over. */
export async function readMentions(bundle: FrozenBundle): Promise<Mentions> {
  const scripts = bundle.entries.filter((entry) => entry.role === 'modules' || isProjectScript(bundle, entry));
  return (await examine({ ...bundle, entries: scripts })).mentions;
}

/** What `search` finds in an entry that is to be searched, and what is wrong with its bytes. */
async function readEntry<Found>(
  opened: Opened, entry: Entry, search: (contents: ByteSource) => Promise<Found>,
): Promise<{ readonly found?: Found | undefined; readonly damage?: string | undefined }> {
  const { compressed, storedBytes, sizeBytes, role } = entry;
  if (isBomb(entry)) return { damage: `it claims to grow from ${storedBytes} to ${sizeBytes} bytes` };
  const use = async (contents: ByteSource) => (isSearched(entry) ? await search(contents) : undefined);
  if (compressed) {
    const { read, damage } = await withWholeEntry(opened, entry, use);
    return { found: read.value, damage };
  }
  if (storedBytes !== sizeBytes) return { damage: `it is stored as it is, but claims ${sizeBytes} bytes instead of ${storedBytes}` };
  const isNative = role === 'library' || role === 'extension module';
  if (isNative) return { damage: (await withEntry(opened, entry, readExecutable))?.damage };
  return { found: isSearched(entry) ? await withEntry(opened, entry, search) : undefined };
}

/** Why a member of a zip file does not give what its directory says. */
async function memberDamage(source: ByteSource, entry: ZipEntry): Promise<string | undefined> {
  const read = await orDamage(() => readStored(source, entry));
  if (read.damage !== undefined) return read.damage;
  try {
    const contents = entry.method === 0 ? read.value : inflateRawSync(read.value, { maxOutputLength: Math.max(1, entry.sizeBytes) });
    if (contents.length !== entry.sizeBytes) return `it has ${contents.length} bytes instead of ${entry.sizeBytes}`;
    return crc32(contents) === entry.crc32 ? undefined : 'its checksum does not fit';
  } catch {
    return 'its compressed data are damaged';
  }
}

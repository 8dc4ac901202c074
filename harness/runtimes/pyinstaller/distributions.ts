import type { Distribution, Entry, EntryPoint } from '../bundle.ts';
import { withEntry, type Opened } from './entry-source.ts';
import { orDamage } from '../native/errors.ts';
import type { Examined } from './native-files.ts';
import { metadataFolder } from './roles.ts';

/** Name and Version stand at the top of METADATA, the description follows. */
const headerLimitBytes = 16_000;
const entryPointsLimitBytes = 1_000_000;

/** The distributions whose .dist-info or .egg-info is in the bundle, by name; what is `damaged` of their files counts as absent. */
export async function readDistributions(
  opened: Opened, entries: readonly Entry[],
): Promise<{ distributions: Distribution[]; damaged: Examined[] }> {
  const folders = new Map<string, Map<string, Entry>>();
  for (const entry of entries.filter(({ role }) => role === 'metadata')) {
    const folder = metadataFolder(entry.name) ?? entry.name;
    const files = folders.get(folder) ?? new Map<string, Entry>();
    folders.set(folder, files.set(entry.name.slice(folder.length + 1), entry));
  }
  const damaged: Examined[] = [];
  const read = async (entry: Entry | undefined, limitBytes: number): Promise<string> => {
    if (entry === undefined) return '';
    const { value: bytes, damage } = await orDamage(() => withEntry(opened, entry, (contents) => contents.read(0, limitBytes)));
    if (damage !== undefined) damaged.push({ entry, damage });
    return bytes?.toString('utf8') ?? '';
  };
  const distributions = await Promise.all(Array.from(folders, async ([folder, files]): Promise<Distribution> => {
    // A single .egg-info file is the metadata itself.
    const header = await read(files.get('METADATA') ?? files.get('PKG-INFO') ?? files.get(''), headerLimitBytes);
    const [, fromFolder = folder, versionOfFolder = ''] = /(?:^|\/)([^/]+?)-([^/]+?)(?:-py[\d.]+)?\.(?:dist|egg)-info$/.exec(folder) ?? [];
    const fields = header.slice(0, /\r?\n\r?\n/.exec(header)?.index);
    const field = (name: string) => new RegExp(`^${name}: *(\\S.*)$`, 'm').exec(fields)?.[1]?.trimEnd();
    const [name, version] = [field('Name'), field('Version')];
    return {
      name: name ?? fromFolder,
      version: version ?? versionOfFolder,
      folder,
      hasMetadata: name !== undefined && version !== undefined,
      hasRecord: files.has('RECORD') || files.has('installed-files.txt'),
      entryPoints: parseEntryPoints(await read(files.get('entry_points.txt'), entryPointsLimitBytes)),
    };
  }));
  return { distributions: distributions.sort((left, right) => left.folder.localeCompare(right.folder, 'en')), damaged };
}

/** Reads entry_points.txt (Python Packaging User Guide, "Entry points specification"). */
export function parseEntryPoints(text: string): EntryPoint[] {
  const points: EntryPoint[] = [];
  let group = '';
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    const [, header] = /^\[(.+)\]$/.exec(line) ?? [];
    if (header !== undefined) group = header.trim();
    const [, name, target] = /^([^#;=[][^=]*?)\s*=\s*(.+)$/.exec(line) ?? [];
    if (header === undefined && name !== undefined && target !== undefined) points.push({ group, name, target });
  }
  return points;
}

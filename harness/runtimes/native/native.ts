import type { Described, Oddity, OpaqueBundle } from '../bundle.ts';
import type { OpenedFile, Runtime } from '../runtime.ts';
import type { ByteSource } from './byte-source.ts';
import { orDamage } from './errors.ts';
import { isText, readImages } from './executable.ts';
import { readZip } from './zip.ts';

/** Any executable that no other runtime made: what its headers tell, and who made it where a mark does. */
export const native = {
  id: 'native',
  identify: async () => ({}),
  open: async (opened) => ({ bundle: await readOpaque(opened) }),
  words: { name: 'no freezer that frostgate knows' },
} as const satisfies Runtime;

/** What each producer leaves in every executable that it makes. */
const textMarks = [
  { producer: 'Nuitka', mark: 'NUITKA_ONEFILE_PARENT' },
  { producer: 'PyOxidizer', mark: 'oxidized_importer' },
  { producer: 'cx_Freeze', mark: 'cx_Freeze' },
];

/** Searching 32 MB takes less than 0.1 s; the marks of smaller programs lie within. */
const searchLimitBytes = 32_000_000;
const chunkBytes = 4_000_000;

/** What can be said of any executable. */
export async function readHeaders({ file, source, executable }: OpenedFile): Promise<Described> {
  const { format, platforms, damage } = executable;
  const { value: images = [] } = await orDamage(() => readImages(source));
  const oddities: Oddity[] = damage === undefined ? [] : [{ kind: 'damaged-executable', sentence: damage }];
  return { file, sizeBytes: source.sizeBytes, format, platforms, images, oddities };
}

/** What can be said of an executable that PyInstaller did not make. */
export async function readOpaque(opened: OpenedFile): Promise<OpaqueBundle> {
  const producer = await markedProducer(opened.source);
  return { kind: 'opaque', ...(await readHeaders(opened)), ...(producer !== undefined && { producer }) };
}

/** What can be said of a file that is no native executable: a zip of Python code, a script, a text or something unknown. */
export async function readOther(source: ByteSource, file: string): Promise<OpaqueBundle> {
  const described = { kind: 'opaque', file, sizeBytes: source.sizeBytes, platforms: [], images: [], oddities: [] } as const;
  if (source.sizeBytes === 0) return { ...described, format: 'empty' };
  const zip = await orDamage(() => readZip(source));
  if (zip.value !== undefined) {
    const producer = zipProducer(zip.value.map(({ name }) => name));
    return { ...described, format: 'zip', ...(producer !== undefined && { producer }) };
  }
  if (!(await isText(source))) return { ...described, format: 'unknown' };
  return { ...described, format: (await source.read(0, 2)).toString('latin1') === '#!' ? 'script' : 'text' };
}

/** shiv and pex write a file of their own into their zips; a zipapp (PEP 441) only has a __main__.py. */
function zipProducer(names: readonly string[]): string | undefined {
  if (names.includes('PEX-INFO')) return 'pex';
  if (names.includes('environment.json') && names.some((name) => name.startsWith('_bootstrap/'))) return 'shiv';
  if (names.some((name) => /^[^/]+\.dist-info\/WHEEL$/.test(name))) return 'Python wheel';
  return names.includes('__main__.py') ? 'zipapp' : undefined;
}

async function markedProducer(source: ByteSource): Promise<string | undefined> {
  const overlap = Math.max(...textMarks.map(({ mark }) => mark.length));
  for (let start = 0; start < Math.min(source.sizeBytes, searchLimitBytes); start += chunkBytes) {
    const chunk = await source.read(start, chunkBytes + overlap);
    const found = textMarks.find(({ mark }) => chunk.includes(mark, 0, 'latin1'));
    if (found !== undefined) return found.producer;
  }
  return undefined;
}

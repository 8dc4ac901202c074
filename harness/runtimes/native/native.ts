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
  // Node's documentation, "Single executable applications": the fuse of plain Node ends in :0.
  { producer: 'Node (single executable application)', mark: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1' },
];

/** Stands in every .NET host; the 8 bytes before it are where its bundle begins, 0 where it has none (dotnet/runtime, HostWriter.cs). */
const dotnetMark = Buffer.from('8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae', 'hex');
const dotnetOffsetBytes = 8;

/** Node's mark lies at 49 MB of 122; searching so much takes 0.3 s. */
const searchLimitBytes = 256_000_000;
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

/** What can be said of a file that is no executable: a zip file, a script, a text or something unknown. */
export async function readOther(source: ByteSource, file: string): Promise<OpaqueBundle> {
  const described = { kind: 'opaque', file, sizeBytes: source.sizeBytes, platforms: [], images: [], oddities: [] } as const;
  if (source.sizeBytes === 0) return { ...described, format: 'empty' };
  const zip = await orDamage(() => readZip(source));
  if (zip.value !== undefined) {
    const isWheel = zip.value.some(({ name }) => /^[^/]+\.dist-info\/WHEEL$/.test(name));
    return { ...described, format: 'zip', ...(isWheel && { producer: 'Python wheel' }) };
  }
  if (!(await isText(source))) return { ...described, format: 'unknown' };
  return { ...described, format: (await source.read(0, 2)).toString('latin1') === '#!' ? 'script' : 'text' };
}

async function markedProducer(source: ByteSource): Promise<string | undefined> {
  const overlap = Math.max(dotnetMark.length + dotnetOffsetBytes, ...textMarks.map(({ mark }) => mark.length));
  for (let start = 0; start < Math.min(source.sizeBytes, searchLimitBytes); start += chunkBytes) {
    const chunk = await source.read(start, chunkBytes + overlap);
    const found = textMarks.find(({ mark }) => chunk.includes(mark, 0, 'latin1'));
    if (found !== undefined) return found.producer;
    const at = chunk.indexOf(dotnetMark) - dotnetOffsetBytes;
    if (at >= 0 && chunk.subarray(at, at + dotnetOffsetBytes).some((byte) => byte !== 0)) return '.NET (single file)';
  }
  return undefined;
}

import { inflateRawSync } from 'node:zlib';
import { orDamage } from '../native/errors.ts';
import { readHeaders } from '../native/native.ts';
import { readStored, readZip, type ZipEntry } from '../native/zip.ts';
import { interpreterLine } from '../native/zipapp.ts';
import type { ByteSource } from '../native/byte-source.ts';
import type { Made, Runtime } from '../runtime.ts';

/** shiv and pex unpack themselves below the user's home at the first start, and leave that for the next one. */
const unpacked = ['~/.shiv/', '~/.cache/pex/', '~/.pex/'];

/** Python programs in one zip file behind a `#!` line (PEP 441): the standard library's zipapp, shiv, pex. They bring no Python. */
export const zipapp = {
  id: 'zipapp',
  identify: async ({ source, executable }): Promise<Made | undefined> => {
    if (executable.format !== 'zip') return undefined;
    const { value: entries, damage } = await orDamage(() => readZip(source));
    if (entries === undefined) return { freezer: 'zipapp', damage };
    const line = await interpreterLine(source);
    return { freezer: `${makerOf(entries)}, started by ${line ?? 'no interpreter: it has no #! line'}` };
  },
  open: async (opened) => {
    const { value: entries = [], damage } = await orDamage(() => readZip(opened.source));
    const problem = damage ?? await firstDamage(opened.source, entries);
    const headers = await readHeaders(opened);
    return { bundle: {
      ...headers, kind: 'opaque', producer: makerOf(entries),
      oddities: [...headers.oddities, ...(problem === undefined ? [] : [{ kind: 'damaged-executable', sentence: problem } as const])],
    } };
  },
  writes: unpacked,
  words: { name: 'zipapp' },
} as const satisfies Runtime;

/** Who made it: shiv and pex write a file of their own into their zips. */
function makerOf(entries: readonly ZipEntry[]): 'pex' | 'shiv' | 'zipapp' {
  const names = new Set(entries.map(({ name }) => name));
  if (names.has('PEX-INFO')) return 'pex';
  return names.has('environment.json') && entries.some(({ name }) => name.startsWith('_bootstrap/')) ? 'shiv' : 'zipapp';
}

/** What is larger is not inflated. */
const limitBytes = 256_000_000;

/** The first member that does not give what the directory says. */
async function firstDamage(source: ByteSource, entries: readonly ZipEntry[]): Promise<string | undefined> {
  for (const entry of entries) {
    const { value: stored, damage } = await orDamage(() => readStored(source, entry));
    if (stored === undefined) return `${JSON.stringify(entry.name)} is damaged: ${damage}`;
    if (entry.method !== 8 || entry.sizeBytes > limitBytes) continue;
    try {
      if (inflateRawSync(stored, { maxOutputLength: Math.max(1, entry.sizeBytes) }).length === entry.sizeBytes) continue;
    } catch {
      // told below
    }
    return `${JSON.stringify(entry.name)} is damaged: it does not inflate to ${entry.sizeBytes} bytes`;
  }
  return undefined;
}

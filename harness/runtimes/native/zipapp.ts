import type { ByteSource } from './byte-source.ts';
import { orDamage } from './errors.ts';
import { readZip } from './zip.ts';

/** Longer than any kernel reads (Linux: 255 bytes). */
const lineLimitBytes = 512;

/** What stands behind `#!` in the first line; undefined where there is no such line. */
export async function interpreterLine(source: ByteSource): Promise<string | undefined> {
  const [line = ''] = (await source.read(0, lineLimitBytes)).toString('latin1').split('\n', 1);
  return line.startsWith('#!') ? line.slice(2).trim() : undefined;
}

/** A Python program in a zip file (PEP 441), behind a `#!` line or by itself; undefined for anything else. */
export async function openZipapp(source: ByteSource) {
  const start = (await source.read(0, 2)).toString('latin1');
  if (start !== '#!' && start !== 'PK') return undefined;
  const { value: entries } = await orDamage(() => readZip(source));
  if (entries?.some(({ name }) => name === '__main__.py') !== true) return undefined;
  return { platforms: [], check: async () => undefined, images: async () => [] };
}

import type { ByteSource } from './byte-source.ts';

const textProbeBytes = 4096;

/** Whether a file begins like a text: UTF-8 without a NUL. */
export async function isText(source: ByteSource): Promise<boolean> {
  const start = await source.read(0, textProbeBytes);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true }); // a character may be cut at the end
    return !start.includes(0);
  } catch {
    return false;
  }
}

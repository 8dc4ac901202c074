import { createHash } from 'node:crypto';
import { run } from './command.ts';

const { stdout } = await run('git', ['rev-parse', 'HEAD'], { timeoutMs: 10_000, signal: AbortSignal.timeout(10_000) });

/** The commit: what a CI leaves to chance follows from it, and can be done again. */
export const seed: string = stdout.trim();

/** A number from 0 to 1 for a text: the same for the same seed. */
export function drawn(from: string, text: string): number {
  return createHash('sha256').update(`${from} ${text}`).digest().readUInt32BE() / 2 ** 32;
}

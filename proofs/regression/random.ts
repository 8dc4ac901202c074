import { createHash } from 'node:crypto';

/** Draws the next number from 0 up to 1, 1 not included. */
export type Random = () => number;

/** The same words give the same numbers. The generator is Marsaglia's xorshift128 (Journal of Statistical Software 8, 2003). */
export function randomOf(...words: readonly (string | number)[]): Random {
  const state = new Uint32Array(createHash('sha256').update(words.join(' ')).digest().buffer.slice(0, 16));
  return () => {
    const [x = 0, , , w = 0] = state;
    const mixed = x ^ (x << 11);
    state.copyWithin(0, 1);
    state[3] = w ^ (w >>> 19) ^ mixed ^ (mixed >>> 8);
    return (state[3] ?? 0) / 2 ** 32;
  };
}

/** From a normal distribution of mean 0 and standard deviation 1 (Box and Muller, 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

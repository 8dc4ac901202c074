import { randomBytes } from 'node:crypto';

/** Every process that a run starts carries this variable, so that nothing of it can hide. */
export const runMark = 'FROSTGATE_RUN';

/** Every process of one launch carries this variable, also after it was re-parented. */
export const launchMark = 'FROSTGATE_LAUNCH';

/** A random mark, short enough to be part of a path. */
export function newMark(): string {
  return randomBytes(6).toString('hex');
}

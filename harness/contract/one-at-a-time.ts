import type { Contract } from './schema.ts';

/** Whether two launches of this worker cannot run at once: it says so, or it finds its server at an address that its code has. */
export function isOneAtATime(contract: Contract | undefined): boolean {
  return contract?.launches === 'one-at-a-time' || typeof contract?.temporal.address === 'object';
}

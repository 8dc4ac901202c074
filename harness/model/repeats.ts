import type { Profile } from './report.ts';

/**
 * How many pairs a run measures, and in how many of them the launches work and tell their version: what they hold then hardly varies
 * (0.3 %), and the version command by 3 %.
 */
export function pairsOf({ profile }: { readonly profile: Profile }): { readonly all: number; readonly working: number } {
  return profile === 'quick' ? { all: 1, working: 1 } : { all: 5, working: 3 };
}

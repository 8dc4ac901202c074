import type { Eye, MissingEyes } from '../model/eyes.ts';
import { holdMissing } from './containment.ts';
import { straceMissing } from './trace/strace.ts';

/** What is known of a run before it begins. */
type Given = { readonly ownServer: boolean; readonly emulatedBy: string | undefined };

/** One eye: what it is, and a look that really tries it; undefined where it sees, else why it does not, and how to get it. */
type Probe = { readonly title: string; readonly missing: (given: Given) => Promise<string | undefined> | string | undefined };

const probes: Readonly<Record<Eye, Probe>> = {
  syscalls: {
    title: 'system calls of a launch, by strace',
    missing: ({ emulatedBy }) => (emulatedBy === undefined ? straceMissing() : `${emulatedBy} ran it, whose own calls strace would see`),
  },
  heartbeats: {
    title: 'the list that the server has of the workers of a namespace',
    missing: ({ ownServer }) => (ownServer ? undefined : 'on a server that is not ours others may work: leave --temporal-address out'),
  },
  escapees: { title: 'processes that do everything to get away', missing: holdMissing },
};

/** What an eye is, in a few words. */
export function eyeTitle(eye: Eye): string {
  return probes[eye].title;
}

/** Tries every eye, all at once; takes as long as the slowest, about 50 ms. */
export async function missingEyes(given: Given): Promise<MissingEyes> {
  const tried = Object.entries(probes).map(async ([eye, { missing }]) => [eye, await missing(given)] as const);
  return Object.fromEntries((await Promise.all(tried)).filter(([, why]) => why !== undefined));
}

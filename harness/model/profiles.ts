/** How much a run repeats, each more than the one before; only the first leaves something out. */
export const profiles = ['quick', 'full', 'soak'] as const;

export type Profile = (typeof profiles)[number];

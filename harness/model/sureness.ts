/**
 * How far a remedy may be believed, as rustc has it of its suggestions (rustc_lint_defs::Applicability): it was done to a copy of the
 * project and what failed is green; it takes away just what was seen; somebody must fill in its places; or nobody knows that it is one.
 */
export const surenessKinds = ['proved', 'by construction', 'to fill in', 'a question'] as const;
export type Sureness = (typeof surenessKinds)[number];

/** Whether a remedy is a question. */
export function asks(remedy: string): boolean {
  return /\?(?:\s|$)/.test(remedy);
}

/** How sure a remedy is that nobody has tried, by its words; `toFillIn` where its row says that it has places. */
export function untried(remedy: string, toFillIn: boolean): Sureness {
  if (asks(remedy)) return 'a question';
  return toFillIn ? 'to fill in' : 'by construction';
}

const inWords: Readonly<Record<Sureness, string | undefined>> = {
  proved: undefined, // what was tried is told in a line of its own
  'by construction': 'by construction: it takes away just what was seen; it was not tried',
  'to fill in': 'it has places to fill in, and was not tried',
  'a question': undefined, // as its words are
};

/** What a person reads below a remedy that was not tried; undefined where that is told otherwise. */
export function sureLine({ sure, proof }: { readonly sure?: Sureness | undefined; readonly proof?: unknown }): string | undefined {
  return proof !== undefined || sure === undefined ? undefined : inWords[sure];
}

import { readFileSync } from 'node:fs';

/** One executable of fixtures/ that has the defect. */
export type Sabotage = {
  readonly variant: string;
  readonly project: string;
  /** What was changed in its contract, where that is what shows it. */
  readonly contract?: readonly string[];
};

/** All that is said of one check or hazard. `<…>` stands for what only a contract or an id tells. */
export type Page = {
  readonly kind: 'check' | 'hazard';
  readonly id: string;
  /** Its key in the table, which is its id but where one page is about several checks. */
  readonly entry: string;
  /** In a few words; of a check, what is true when it passes. */
  readonly title: string;
  /** What it is about, and why that matters. */
  readonly means: string;
  /** How frostgate observes it. */
  readonly seen: string;
  /** What to do. */
  readonly repairs: string;
  /** Lines to be copied as they are. */
  readonly paste?: string;
  /** Of a hazard the checks that it was seen to turn red, of a check the hazards that did so. */
  readonly beside: readonly string[];
  /** Those that show the least beside it come first. */
  readonly shownBy: readonly Sabotage[];
};

/** The file of all pages: `npm run schemas` writes it, of the texts beside it and the tables of the proofs. */
export const pagesFile = new URL('pages.json', import.meta.url);

/** Every page: checks in the order of the suites, then hazards. */
export function readPages(): readonly Page[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by us, and held to be current by a unit test
  return JSON.parse(readFileSync(pagesFile, 'utf8')) as Page[];
}

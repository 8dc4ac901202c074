import { find } from '../../harness/explained/find.ts';
import type { Page, Sabotage } from '../../harness/explained/pages.ts';
import { readTold } from '../../harness/explained/told.ts';
import { checkRows } from '../../harness/model/catalogue.ts';
import { allExpectations } from '../controls/all-expectations.ts';
import { verdictOf } from '../controls/compare.ts';
import type { Expectation } from '../controls/expectation.ts';
import { table as remedies } from '../remedies/table.ts';
import { rows as releases, type Row } from '../worse/rows.ts';

/** What one sabotage shows: hazards by their ids, checks by those of their pages. */
type Showing = { readonly sabotage: Sabotage; readonly checks: readonly string[]; readonly hazards: readonly string[] };

/** All pages: what is written of them, with the sabotages that show what each is about, and what else those show. */
export function pagesMade(): Page[] {
  const pages = readTold().map((told): Page => ({ ...told, beside: [], shownBy: [] }));
  const all = [...allExpectations.map((row) => showing(row, pages)), ...remedies.map(({ variant, hazard }): Showing => (
    { sabotage: { variant, project: 'small-worker' }, checks: [], hazards: [hazard] }
  )), ...releases.map(worseShowing)];
  // What a sabotage shows alone, it shows best.
  const ordered = all.toSorted((one, other) => one.checks.length + one.hazards.length - other.checks.length - other.hazards.length);
  const named = ordered.flatMap(({ hazards }) => hazards).find((hazard) => !pages.some(({ id }) => id === hazard));
  if (named !== undefined) throw new Error(`no page of harness/explained is about ${named}`);
  return pages.map((page) => ({ ...page, ...shownOf(page.id, ordered) }));
}

/** Them as the text of their file, in which each page has a line. */
export function pagesText(pages: readonly Page[]): string {
  return `[\n${pages.map((page) => JSON.stringify(page)).join(',\n')}\n]\n`;
}

function shownOf(id: string, all: readonly Showing[]): Pick<Page, 'beside' | 'shownBy'> {
  const own = all.filter(({ checks, hazards }) => checks.includes(id) || hazards.includes(id));
  // Of several hazards in one executable nobody knows here which one turned a check red.
  const plain = own.filter(({ hazards }) => hazards.length === 1);
  const beside = plain.flatMap(({ checks, hazards }) => (checks.includes(id) ? hazards : checks));
  const sabotages = new Map(own.map(({ sabotage }) => [JSON.stringify(sabotage), sabotage]));
  return { beside: [...new Set(beside)].toSorted(), shownBy: [...sabotages.values()] };
}

function showing({ variant, project: named, contract, red, findings = [] }: Expectation, pages: readonly Page[]): Showing {
  const project = named ?? 'agent-runner';
  const changed = Object.keys(contract ?? {});
  const sabotage = { variant, project, ...(isHealthy(variant, project) && changed.length > 0 && { contract: changed }) };
  return { sabotage, checks: [...new Set(Object.keys(red).map((id) => entryOf(id, pages)))], hazards: findings };
}

/** A release that is worse than the last one shows the checks that hold that against it. */
function worseShowing({ name, worse }: Row): Showing {
  const checks = checkRows.filter(({ beside = [] }) => beside.some((metric) => worse.includes(metric))).map(({ id }) => id);
  return { sabotage: { variant: name, project: 'regressions' }, checks, hazards: [] };
}

/** What is green with its own contract shows something by what another one promises. */
function isHealthy(variant: string, project: string): boolean {
  return allExpectations.some((row) => (
    row.variant === variant && (row.project ?? 'agent-runner') === project && row.contract === undefined && verdictOf(row) === 'pass'
  ));
}

/** @throws {Error} for a check without a page. */
function entryOf(check: string, pages: readonly Page[]): string {
  const found = find(check, pages);
  if (found === undefined || !('page' in found)) throw new Error(`no page of harness/explained is about ${check}`);
  return found.page.entry;
}

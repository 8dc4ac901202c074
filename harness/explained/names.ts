import { someIds } from '../model/format.ts';
import type { Page, Sabotage } from './pages.ts';

const most = 6;

/** The sabotages that show what a page is about, by the project that they are variants of; "none yet" without one. */
export function namesOf({ shownBy }: Pick<Page, 'shownBy'>): string {
  if (shownBy.length === 0) return 'none yet';
  const left = shownBy.length - most;
  const projects = [...Map.groupBy(shownBy.slice(0, most), ({ project }) => project)];
  const named = projects.map(([project, some]) => `${some.map(nameOf).join(', ')} (${project})`);
  return [...named, ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
}

function nameOf({ variant, contract = [] }: Sabotage): string {
  return contract.length === 0 ? variant : `${variant} against a contract with another ${someIds(contract, 2)}`;
}

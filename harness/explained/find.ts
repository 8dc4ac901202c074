import { constants } from 'node:os';
import { nearest } from '../contract/nearest.ts';
import { filled } from '../model/filled.ts';
import { groupOf, groups, type Group } from './groups.ts';
import type { Page } from './pages.ts';

/** What an id stands for: one page, or several by a heading. */
export type Found = { readonly page: Page } | { readonly heading: string; readonly pages: readonly Page[] };

/**
 * What is asked for: a check as a report prints it or as the catalogue has it, a hazard, or an area or a family of hazards, which gives all
 * of its pages. Undefined for an id that nothing has.
 */
export function find(id: string, all: readonly Page[]): Found | undefined {
  const group = groupOf(id);
  if (group === undefined) return undefined;
  const pages = pagesOf(group, all);
  if (id.toLowerCase() === group.name.toLowerCase() && pages.length > 1) return { heading: `${group.name}: ${group.heading}`, pages };
  const exact = pages.find((page) => page.id === (group.kind === 'hazard' ? spelt(page, id) : id));
  if (exact !== undefined) return { page: exact };
  const fitting = pages.flatMap((page) => fittingTo(page, id) ?? []);
  const [first, ...others] = fitting;
  return first && (others.length === 0 ? { page: first } : { heading: id, pages: fitting });
}

/** The id that was probably meant; undefined when none is near. */
export function nearestId(id: string, all: readonly Page[]): string | undefined {
  const parts = id.split('.');
  const words = [...groups.map(({ name }) => name), ...all.map((page) => page.id)];
  return nearest(id, words.map((known) => (
    known.split('.').length === parts.length ? filledBy(known.split('.'), parts).join('.') : known
  )));
}

/** The pages of a group. */
export const pagesOf = (group: Group, all: readonly Page[]): Page[] => all.filter(({ id }) => groupOf(id) === group);

const spelt = (page: Page, id: string): string => (page.id.toLowerCase() === id.toLowerCase() ? page.id : id);

/** A page of checks that only a contract can tell, about the one with this id; undefined where it is not about that. */
function fittingTo(page: Page, id: string): Page | undefined {
  const [own, given] = [page.id.split('.'), id.split('.')];
  const fits = own.length === given.length && own.every((part, index) => fitsPart(part, given[index] ?? ''));
  if (!fits) return undefined;
  const values = Object.fromEntries(own.flatMap((part, index) => {
    const [name, value = ''] = [isOpen(part) ? part.slice(1, -1) : undefined, given[index]];
    if (name === undefined || isOpen(value)) return [];
    return name === 'signal' ? [[name, value], ['SIGNAL', value.toUpperCase()]] : [[name, value]];
  }));
  const told = (text: string) => filled(text, values);
  const { title, means, seen, repairs, paste } = page;
  return {
    ...page, id: filledBy(own, given).join('.'), title: told(title), means: told(means), seen: told(seen), repairs: told(repairs),
    ...(paste !== undefined && { paste: told(paste) }),
  };
}

const isOpen = (part: string): boolean => /^<.*>$/.test(part);
/** Those that a contract may promise. */
const signals = new Set([...Object.keys(constants.signals), 'CTRL_C', 'CTRL_BREAK'].map((name) => name.toLowerCase()));

function fitsPart(own: string, given: string): boolean {
  if (own === given || (isOpen(given) && given !== '<>')) return true;
  return isOpen(own) && (own === '<signal>' ? signals.has(given) : given !== '');
}

/** An open part that the given one does not fit is left as it is, but for a signal: that is misspelt then. */
const filledBy = (own: readonly string[], given: readonly string[]): string[] => own.map((part, index) => (
  isOpen(part) && fitsPart(part, given[index] ?? '') ? given[index] ?? part : part.replace('<signal>', 'sigterm')
));

import { unjudgedKinds, type Kind } from '../../model/block-kinds.ts';
import type { Block } from '../../model/gate.ts';
import { shown } from '../shown.ts';

const sentenceLimit = 1_200;

/** What speaks against a release: its kind, what is said, and the platform that it is about. */
export type Fault = readonly [kind: Kind, sentence: string, platform?: string];

/** The rules of one concern, each with what it finds; false for a rule that is kept. */
export type Faults = readonly (Fault | false)[];

/** Blocks of those that are; a fault that names no platform is about `platform`, where that is given. */
export function blocksOf(faults: Faults, platform?: string): Block[] {
  return kept(faults).map(([kind, sentence, about = platform]) => {
    const severity = unjudgedKinds.some((unjudged) => unjudged === kind) ? 'unjudged' : 'wrong';
    if (about === undefined) return { kind, severity, sentence: shown(sentence, sentenceLimit) };
    const id = shown(about, 40);
    return { kind, severity, platform: id, sentence: shown(`${id}: ${sentence}`, sentenceLimit) };
  });
}

/** Those that are. */
export function kept<Item>(items: readonly (Item | false)[]): Item[] {
  return items.flatMap((item) => (item === false ? [] : [item]));
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Names of platforms as a sentence has them. */
export function shownPlatforms(names: readonly string[]): string {
  return listed(names.map((name) => shown(name, 40)));
}

/** At most three ids of checks, shown safely. */
export function someChecks(ids: readonly string[]): string {
  const first = ids.slice(0, 3).map((id) => shown(id, 80));
  return ids.length > 3 ? `${first.join(', ')} and ${ids.length - 3} more` : listed(first);
}

/** The word that agrees with how many there are. */
export function agreeing(ids: readonly string[], one: string, many: string): string {
  return ids.length === 1 ? one : many;
}

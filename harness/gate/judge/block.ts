import { unjudgedKinds, type Kind } from '../../model/block-kinds.ts';
import type { Block } from '../../model/gate.ts';
import { shown } from '../shown.ts';

const sentenceLimit = 1_200;

/** A rule of the gate: whether it is broken, and what is said then. */
export type Rule = readonly [broken: boolean, kind: Kind, sentence: string];

/** A block: why the release must not go out, in one sentence that names the thing, the rule and what to do. */
export function block(kind: Kind, sentence: string, platform?: string): Block {
  const severity = unjudgedKinds.some((unjudged) => unjudged === kind) ? 'unjudged' : 'wrong';
  const id = platform === undefined ? undefined : shown(platform, 40);
  const start = id === undefined ? '' : `${id}: `;
  return { kind, severity, ...(id !== undefined && { platform: id }), sentence: shown(`${start}${sentence}`, sentenceLimit) };
}

/** A block for each rule that is broken. */
export function broken(platform: string, rules: readonly Rule[]): Block[] {
  return rules.filter(([is]) => is).map(([, kind, sentence]) => block(kind, sentence, platform));
}

/** The texts of what is so. */
export function told(texts: readonly (readonly [is: boolean, text: string])[]): string[] {
  return texts.filter(([is]) => is).map(([, text]) => text);
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

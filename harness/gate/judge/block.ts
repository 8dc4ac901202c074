import { unjudgedKinds, type Kind } from '../../model/block-kinds.ts';
import type { Block } from '../../model/gate.ts';
import { shown } from '../shown.ts';

const sentenceLimit = 1_200;

/** A block: why the release must not go out, in one sentence that names the thing, the rule and what to do. */
export function block(kind: Kind, sentence: string, platform?: string): Block {
  const severity = unjudgedKinds.some((unjudged) => unjudged === kind) ? 'unjudged' : 'wrong';
  const start = platform === undefined ? '' : `${shown(platform, 40)}: `;
  return {
    kind, severity, ...(platform !== undefined && { platform: shown(platform, 40) }), sentence: shown(`${start}${sentence}`, sentenceLimit),
  };
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** At most three ids of checks, shown safely. */
export function someChecks(ids: readonly string[]): string {
  const first = ids.slice(0, 3).map((id) => shown(id, 80));
  return ids.length > 3 ? `${first.join(', ')} and ${ids.length - 3} more` : listed(first);
}

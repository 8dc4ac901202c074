import type { Contract } from '../contract/schema.ts';
import { CheckFailed } from '../model/errors.ts';
import { count } from '../model/format.ts';
import { oneLine, shorten } from '../model/text.ts';

/** Something that a launch did and that its contract does not name: `what` in words, who did it, and the entry that would declare it. */
export type Undeclared = {
  readonly what: string;
  readonly by: string;
  readonly key: keyof Pick<Contract, 'connects' | 'listens' | 'writes'>;
  readonly entry: string;
};

/** So many stand in a sentence, and four times as many under it. */
const most = 5;

/** What says everything that was found, each once, who did it, and what would declare it; undefined where nothing was found. */
export function undeclared(
  found: readonly Undeclared[], words: { readonly expected: string; readonly instead: string },
): CheckFailed | undefined {
  const all = found.filter(({ key, entry }, index) => found.findIndex((one) => one.key === key && one.entry === entry) === index);
  if (all.length === 0) return undefined;
  const more = all.length > most ? ` and ${count(all.length - most, 'more thing')}` : '';
  const keys = Array.from(Map.groupBy(all, ({ key }) => key), ([key, of]) =>
    `${key}: ${JSON.stringify(of.slice(0, most).map(({ entry }) => entry))}`);
  return new CheckFailed(`${all.slice(0, most).map(({ what }) => what).join(', ')}${more}: the contract does not declare it`, {
    expected: words.expected,
    got: all.slice(0, 4 * most).map(({ what, by }) => `${what}: by \`${shorten(oneLine(by), 120)}\``).join('\n'),
    remedy: `${words.instead}, or declare it in the contract: ${keys.join(' and ')}`,
  });
}

import { nearest } from '../../contract/nearest.ts';
import { platforms } from '../../model/platforms.ts';
import { UsageError } from '../../model/errors.ts';
import { areas } from '../../model/report.ts';
import { oneLine } from '../../model/text.ts';
import type { Waiver } from '../../model/waiver.ts';
import { commands } from '../command.ts';
import type { Word } from '../read-line.ts';

const example = `--allow ${commands.gate.flags['allow']?.example}`;

type Draft = { readonly allow: string; reason?: string; until?: string };

/**
 * Puts each `--allow` together with the `--reason` and `--until` that follow it. Throws a UsageError of one sentence for a part that
 * is missing, comes twice or has no `--allow` before it, for an id that no check can have, and for a day that is not in the calendar.
 */
export function readWaivers(words: readonly Word[]): Waiver[] {
  const drafts: Draft[] = [];
  for (const { flag, value } of words) {
    if (flag === 'allow') drafts.push({ allow: value });
    if (flag !== 'reason' && flag !== 'until') continue;
    const draft = drafts.at(-1);
    if (draft === undefined) throw new UsageError(`--${flag} needs an --allow before it: ${example}`);
    if (draft[flag] !== undefined) throw new UsageError(`--allow ${draft.allow} has two --${flag}; give it one`);
    draft[flag] = value;
  }
  return drafts.map(waiverOf);
}

function waiverOf({ allow, reason, until }: Draft): Waiver {
  const [platform, id] = allow.includes('/')
    ? [allow.slice(0, allow.indexOf('/')), allow.slice(allow.indexOf('/') + 1)]
    : [undefined, allow];
  if (platform !== undefined && platform !== '') checkPlatform(platform, '--allow');
  if (platform === '' || !/^[\w.-]+$/.test(id) || !areas.some((area) => id.startsWith(`${area}.`) && id.length > area.length + 1)) {
    throw new UsageError(`--allow: expected the id of one check such as shutdown.survivors, or PLATFORM/ID, got ${allow}`);
  }
  const told = oneLine(reason?.replace(/\p{Default_Ignorable_Code_Point}/gu, '') ?? '');
  if (reason === undefined || told === '') throw new UsageError(`--allow ${allow} needs a --reason: ${example}`);
  if (until === undefined) throw new UsageError(`--allow ${allow} needs an --until: ${example}`);
  if (!isDay(until)) throw new UsageError(`--until: expected a day as YYYY-MM-DD, got ${until}`);
  return { id, ...(platform !== undefined && { platform }), reason, until };
}

/** Throws a UsageError when no worker can be released for such a platform; `flag` is where it was given. */
export function checkPlatform(platform: string, flag: string): void {
  if (platforms.some((known) => known === platform)) return;
  const meant = nearest(platform, platforms);
  throw new UsageError(`${flag}: ${platform} is no platform; ` +
    (meant === undefined ? `there are ${platforms.join(', ')}` : `did you mean ${meant}?`));
}

/** 2026-02-30 parses as a date in March: only a day that comes back as it was is in the calendar. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

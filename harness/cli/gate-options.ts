import { resolve } from 'node:path';
import { z } from 'zod';
import { nearest } from '../contract/nearest.ts';
import { UsageError } from '../model/errors.ts';
import { rowOf } from '../model/catalogue.ts';
import { platforms } from '../model/platforms.ts';
import { oneLine } from '../model/text.ts';
import type { Waiver } from '../model/waiver.ts';
import { commands, wordLists } from './command.ts';
import type { Invocation } from './invocation.ts';
import { baseOf, readLine, type Given } from './read-line.ts';

const example = `--allow ${commands.gate.flags['allow']?.example}`;

/** What the command line of the gate asks for, flag by flag as its table tells them; every path is absolute. */
export type GateOptions = Readonly<ReturnType<typeof parseGateOptions>>;

/** Reads the gate's command line. Throws a UsageError of one sentence for anything that is wrong in it. */
export function parseGateOptions(started: Invocation, cwd: string = process.cwd(), now: Date = new Date()) {
  const line = started.words.join(' ');
  const given = readLine(commands.gate, started, cwd);
  const options = {
    help: given.has('help'),
    reports: given.operands.map(given.absolute),
    required: platformsIn(given.texts('require'), '--require'),
    emulated: platformsIn(given.texts('allow-emulated'), '--allow-emulated'),
    contracts: [...new Set(given.texts('contract').map(given.absolute))],
    profile: wordLists.wholeProfiles.find((word) => word === given.text('profile')) ?? 'full',
    commit: given.text('commit')?.toLowerCase(),
    artifacts: given.texts('artifact').map(given.absolute),
    trusted: trustedOf(given),
    waivers: draftsOf(given).map((draft) => waiverOf(draft, now)),
    previousRelease: given.path('previous-release'),
    earlier: given.texts('earlier').map(given.absolute),
    reportDir: given.path('report-dir') ?? given.absolute('reports'),
    json: given.has('json'),
    quiet: given.has('quiet'),
  };
  if (options.help) return options;
  if (options.reports.length === 0) throw new UsageError("no report is named; name each platform's, or the folder that " +
    `holds them: ${line} reports --require linux-amd64`);
  if (options.required.length === 0 && options.contracts.length === 0) {
    throw new UsageError(`--require is missing: name every platform of the release, or give the --contract that does: ${line} reports ` +
      '--require linux-amd64,darwin-arm64');
  }
  if (options.previousRelease !== undefined && options.contracts.length === 0) {
    throw new UsageError('--previous-release is there to compare promises, and no --contract of this release is given; name it too');
  }
  return options;
}

/** Where the decision would go, also when the rest of the command line cannot be understood. */
export function reportDirOf({ args, environment }: Invocation, cwd: string = process.cwd()): string {
  const index = args.findIndex((word) => word === '--report-dir' || word.startsWith('--report-dir='));
  const given = args[index]?.includes('=') ? args[index].slice('--report-dir='.length) : args[index + 1];
  return resolve(baseOf(environment, cwd), (index >= 0 && given) || 'reports');
}

function platformsIn(lists: readonly string[], flag: string): string[] {
  const names = lists.flatMap((list) => list.split(',')).map((name) => name.trim()).filter((name) => name !== '');
  for (const name of names) checkPlatform(name, flag);
  return [...new Set(names)];
}

/** Whom to believe, where signatures are required. */
function trustedOf(given: Given) {
  const [key, root, signer] = [given.path('trusted-key'), given.path('trusted-root'), given.text('signer')];
  const named = Object.entries({ 'trusted-key': key, 'trusted-root': root, signer }).filter(([, value]) => value !== undefined);
  if (!given.has('require-signed')) {
    if (named[0] === undefined) return undefined;
    throw new UsageError(`--${named[0][0]} says whose signatures count, and none is required; add --require-signed`);
  }
  if (key === undefined && root === undefined) throw new UsageError('--require-signed needs to know whose signatures count: give the ' +
    'public key (--trusted-key FILE), or the trusted root of Sigstore and who signs (--trusted-root FILE --signer IDENTITY)');
  if ((root === undefined) !== (signer === undefined)) throw new UsageError(root === undefined
    ? '--signer is the identity in a certificate, and those need a --trusted-root FILE'
    : '--trusted-root believes whoever has a certificate of it; say who signs with --signer IDENTITY');
  return { key, root, signer };
}

type Draft = { readonly allow: string; reason?: string; until?: string };

/** Each `--allow` with the `--reason` and `--until` that follow it. */
function draftsOf({ words }: Given): Draft[] {
  const drafts: Draft[] = [];
  for (const { flag, value } of words) {
    if (flag === 'allow') drafts.push({ allow: value });
    if (flag !== 'reason' && flag !== 'until') continue;
    const draft = drafts.at(-1);
    if (draft === undefined) throw new UsageError(`--${flag} needs an --allow before it: ${example}`);
    if (draft[flag] !== undefined) throw new UsageError(`--allow ${draft.allow} has two --${flag}; give it one`);
    draft[flag] = value;
  }
  return drafts;
}

/** A waiver is for a few weeks: until the defect is repaired, or somebody looks at it again. */
const longestDays = 90;

function waiverOf({ allow, reason, until }: Draft, now: Date): Waiver {
  const [id = '', platform] = allow.split('/').toReversed();
  if (platform !== undefined) checkPlatform(platform, '--allow');
  const told = oneLine(reason?.replace(/\p{Default_Ignorable_Code_Point}/gu, '') ?? '');
  if (reason === undefined || told === '') throw new UsageError(`--allow ${allow} needs a --reason: ${example}`);
  if (until === undefined) throw new UsageError(`--allow ${allow} needs an --until: ${example}`);
  if (!z.iso.date().safeParse(until).success) throw new UsageError(`--until: expected a day as YYYY-MM-DD, got ${until}`);
  if (rowOf(id)?.unwaivable) throw new UsageError(`--allow ${id}: no waiver excuses that; build the executable again and verify it`);
  if (Date.parse(until) - now.getTime() > longestDays * 86_400_000) throw new UsageError(`--until ${until} is more than ${longestDays} ` +
    'days away; name an earlier day, and look again then');
  return { id, ...(platform !== undefined && { platform }), reason, until };
}

/** Throws a UsageError when no worker can be released for such a platform; `flag` is where it was given. */
function checkPlatform(platform: string, flag: string): void {
  if (platforms.some((known) => known === platform)) return;
  const meant = nearest(platform, platforms);
  throw new UsageError(`${flag}: ${platform} is no platform; ` +
    (meant === undefined ? `there are ${platforms.join(', ')}` : `did you mean ${meant}?`));
}

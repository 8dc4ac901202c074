import { rowOf } from '../../model/catalogue.ts';
import { count } from '../../model/format.ts';
import type { Report } from '../../model/report.ts';
import type { ReadReport, Unread } from '../read/read-reports.ts';
import type { Release } from '../release.ts';
import { shortSha, shown } from '../shown.ts';
import { listed, shownPlatforms, someChecks, type Fault, type Faults } from './block.ts';
import { unanswered } from './checks.ts';

const lineEnds = 'if git changes its line ends on Windows, put "worker-contract.yaml text eol=lf" into .gitattributes';

/** What was handed over and cannot be read. */
export function unreadFaults({ reports: { unread } }: Release): Faults {
  return unread.map((one) => [one.kind, unreadSentence(one)]);
}

/** Whether each required platform has one report, and no other platform has any. */
export function presenceFaults({ required, reports: { read, unread } }: Release): Faults {
  const byPlatform = Map.groupBy(read, ({ report }) => report.platform.id);
  const absent = required.filter((id) => !byPlatform.has(id));
  const broken = unread.filter(({ kind }) => kind !== 'missing');
  // What is there but cannot be read may be what is missing; reports lie in folders that are named for their platform.
  const named = absent.filter((id) => broken.some(({ file }) => file.split(/[\\/]/).includes(id)));
  const perhaps = absent.length - named.length <= broken.length - named.length;
  return [
    ...absent.map((id): Fault => (perhaps || named.includes(id)
      ? ['unreadable', 'it is required, and none of the reports that can be read is about it. Verify again.', id]
      : ['missing', 'it is required and has no report. Verify on such a machine and hand its report to the gate.', id])),
    ...[...byPlatform].map(([id, same]): Fault | false => same.length > 1 && ['duplicate', `it has ${same.length} reports ` +
      `(${listed(same.slice(0, 4).map(({ file }) => file))}). Hand over one: that of the executable to be released.`, id]),
    ...[...byPlatform].map(([id, [one]]): Fault | false => !required.includes(id) && ['not-required', `it has a report (${one?.file}) ` +
      `and is not required. What is handed over counts: add ${shown(id, 40)} to --require, or leave the report out.`, id]),
  ];
}

function unreadSentence({ kind, file, why }: Unread): string {
  if (kind === 'missing') return `${file} leads to no report: ${why}. Name the report.json that the verification has written, or its ` +
    'folder.';
  if (kind === 'other-schema') return `${file} cannot be judged: ${why}. Verify the executable again with this version of frostgate.`;
  return `${file} cannot be read: ${why}. Verify again, or hand over the report as it was written.`;
}

/** Whether a report is about the commit and the contract that were asked for. */
export function askedFaults({ report: { platform, contract: used } }: ReadReport, { commit, contract }: Release): Faults {
  const alike = platform.commit?.slice(0, 12) === commit?.slice(0, 12);
  const { dirty = [] } = platform;
  const about = platform.commit === undefined ? 'does not say which commit it is about' : 'is about commit ' +
    shown(platform.commit, alike ? 64 : 12);
  return [
    commit !== undefined && platform.commit?.toLowerCase().startsWith(commit) !== true && ['stale', `its report ${about}, to be released ` +
      `is ${alike ? commit : commit.slice(0, 12)}. Build and verify that commit.`],
    commit !== undefined && dirty.length > 0 && ['stale', `its worker's project was not as committed (${shown(dirty.join(', '), 200)}). ` +
      'Build and verify a clean checkout.'],
    contract !== undefined && used !== null && used.sha256 !== contract.sha256 && ['other-contract', 'it was verified with another ' +
      `contract (sha256 ${shortSha(used.sha256)}, the given one has ${shortSha(contract.sha256)}). Verify again with the given one; ` +
      `${lineEnds}.`],
  ];
}

const oneCommit = 'Build and verify all of them from one commit.';

/** Whether all reports of a worker belong together: the same worker, version and contract. */
export function togetherFaults({ reports: { read }, contract }: Release): Faults {
  return [
    differing(read, 'workers', ({ contract: used }) => used?.worker, 'Hand over the reports of one worker, or the contract of each.'),
    differing(read, 'versions of the worker', ({ subject }) => subject?.version, oneCommit),
    contract === undefined && differing(
      read, 'contracts', ({ contract: used }) => used?.sha256.slice(0, 12), `Verify all of them with one contract; ${lineEnds}.`,
    ),
  ];
}

/** Whether all reports belong to one release: the same commit and the same frostgate. */
export function oneReleaseFaults({ reports: { read }, commit }: Release): Faults {
  return [
    commit === undefined && differing(read, 'commits', ({ platform }) => platform.commit?.slice(0, 12), oneCommit),
    differing(read, 'versions of frostgate', ({ tool }) => tool.version, 'Verify all of them with one.'),
  ];
}

function differing(
  read: readonly ReadReport[], what: string, of: (report: Report) => string | undefined, remedy: string,
): Fault | false {
  const groups = [...Map.groupBy(read.filter(({ report }) => of(report) !== undefined), ({ report }) => of(report))];
  const sides = groups.slice(0, 5).map(([value = '', same]) => (
    `${shownPlatforms(same.map(({ report }) => report.platform.id))} ${shown(value, 60)}`
  ));
  return groups.length > 1 && ['mixed', `the platforms were verified with different ${what}: ${sides.join('; ')}. ${remedy}`];
}

/**
 * What one platform's report gives away about another's. With the same contract and the same frostgate every platform owes the same
 * checks. What ran on one architecture of a system applies on the other: there it is the machine that lacks something.
 */
export function acrossFaults(release: Release): Faults {
  const reports = release.reports.read.map(({ report }) => report);
  return reports.flatMap((report) => {
    const others = reports.filter((other) => sameTerms(report, other));
    return [owedElsewhere(report, others, release), ranBeside(report, others.filter((other) => systemOf(other) === systemOf(report)))];
  });
}

/** Not applicable here although it ran on another system: perhaps right, worth a look, no block. */
export function elsewhereRemarks({ reports: { read } }: Release): string[] {
  const reports = read.map(({ report }) => report);
  return reports.flatMap((report) => {
    const ids = skippedButRun(report, reports.filter((other) => sameTerms(report, other) && systemOf(other) !== systemOf(report)));
    return ids.length === 0 ? [] : [`${shown(report.platform.id, 40)}: ${count(ids.length, 'check')} not applicable there ran on another ` +
      `system: ${someChecks(ids)}.`];
  });
}

function owedElsewhere(report: Report, others: readonly Report[], release: Release): Fault | false {
  const own = new Set([...report.expectedIds, ...report.checks.map(({ id }) => id), ...unanswered(report, release)]);
  const owed = new Map(others.flatMap((other) => other.expectedIds.map((id) => [id, other.platform.id] as const)));
  // What compares with a last release is owed where there was one.
  const mayLack = (id: string): boolean => report.previous === undefined && rowOf(id)?.needs?.includes('previous') === true;
  const lacking = [...owed].filter(([id]) => !own.has(id) && !mayLack(id));
  return lacking[0] !== undefined && ['incomplete', `it does not owe ${someChecks(lacking.map(([id]) => id))}, which ` +
    `${shown(lacking[0][1], 40)} owes by the same contract. Verify again.`, report.platform.id];
}

function ranBeside(report: Report, beside: readonly Report[]): Fault | false {
  const ids = skippedButRun(report, beside);
  const reason = report.checks.find(({ id }) => id === ids[0])?.reason ?? '';
  return ids.length > 0 && ['not-applicable', `${someChecks(ids)} ${ids.length === 1 ? 'is' : 'are'} not applicable (${shown(reason)}), ` +
    `but ran on ${shown(beside[0]?.platform.id ?? '', 40)}, the same system. Give this machine what it lacks and verify again.`,
  report.platform.id];
}

function skippedButRun({ checks, platform: { emulation } }: Report, others: readonly Report[]): string[] {
  const ran = new Set(others.flatMap((other) => other.checks).filter(({ outcome }) => outcome === 'pass' || outcome === 'fail')
    .map(({ id }) => id));
  const maySkip = (id: string): boolean => emulation !== undefined && rowOf(id)?.skippable?.includes('emulated') === true;
  return checks.filter(({ id, outcome, reason }) => outcome === 'not-applicable' && reason && ran.has(id) && !maySkip(id))
    .map(({ id }) => id);
}

/** Reports of two platforms that can be held against each other. */
function sameTerms(a: Report, b: Report): boolean {
  return a.contract?.sha256 === b.contract?.sha256 && a.tool.version === b.tool.version && a.platform.id !== b.platform.id
    && a.partial.length + b.partial.length === 0;
}

function systemOf({ platform }: Report): string {
  return platform.id.split('-')[0] ?? '';
}

import { count } from '../../model/format.ts';
import type { Report } from '../../model/report.ts';
import type { Release } from '../release.ts';
import type { Block } from '../../model/gate.ts';
import { shown } from '../shown.ts';
import { block, someChecks } from './block.ts';
import { unanswered } from './completeness.ts';

/**
 * What one platform's report gives away about another's. With the same contract and the same frostgate every platform owes the same
 * checks. What ran on one architecture of a system applies on the other: there it is the machine that lacks something.
 */
export function acrossBlocks(release: Release): Block[] {
  const reports = release.reports.read.map(({ report }) => report);
  return reports.flatMap((report) => {
    const comparable = reports.filter((other) => other !== report && sameTerms(report, other));
    return [...owedElsewhere(report, comparable, release), ...ranBeside(report, comparable)];
  });
}

/** Not applicable here although it ran on another system: perhaps right, worth a look, no block. */
export function elsewhereRemarks({ reports: { read } }: Release): string[] {
  const reports = read.map(({ report }) => report);
  return reports.flatMap((report) => {
    const others = reports.filter((other) => other !== report && sameTerms(report, other) && systemOf(other) !== systemOf(report));
    const ids = skippedButRun(report, others);
    if (ids.length === 0) return [];
    return [`${shown(report.platform.id, 40)}: ${count(ids.length, 'check')} not applicable there ran on another system: ` +
      `${someChecks(ids)}.`];
  });
}

function owedElsewhere(report: Report, others: readonly Report[], release: Release): Block[] {
  const own = new Set([...report.expectedIds, ...report.checks.map(({ id }) => id), ...unanswered(report, release)]);
  const owed = new Map(others.flatMap((other) => other.expectedIds.map((id) => [id, other.platform.id] as const)));
  const lacking = [...owed].filter(([id]) => !own.has(id));
  const [, other] = lacking[0] ?? [];
  if (other === undefined) return [];
  const ids = lacking.map(([id]) => id);
  return [block('incomplete', `it does not owe ${someChecks(ids)}, which ${shown(other, 40)} owes by the same contract. Verify ` +
    'again.', report.platform.id)];
}

function ranBeside(report: Report, others: readonly Report[]): Block[] {
  const beside = others.filter((other) => systemOf(other) === systemOf(report));
  const ids = skippedButRun(report, beside);
  const reason = report.checks.find(({ id }) => id === ids[0])?.reason ?? '';
  if (ids.length === 0) return [];
  return [block('not-applicable', `${someChecks(ids)} ${ids.length === 1 ? 'is' : 'are'} not applicable (${shown(reason)}), but ran on ` +
    `${shown(beside[0]?.platform.id ?? '', 40)}, the same system. Give this machine what it lacks and verify again.`, report.platform.id)];
}

function skippedButRun({ checks }: Report, others: readonly Report[]): string[] {
  const ran = new Set(
    others.flatMap((other) => other.checks.filter(({ outcome }) => outcome === 'pass' || outcome === 'fail').map(({ id }) => id)),
  );
  return checks.filter(({ id, outcome, reason }) => outcome === 'not-applicable' && reason && ran.has(id)).map(({ id }) => id);
}

function sameTerms(a: Report, b: Report): boolean {
  return a.contract?.sha256 === b.contract?.sha256 && a.tool.version === b.tool.version && a.platform.id !== b.platform.id
    && a.partial.length + b.partial.length === 0;
}

function systemOf({ platform }: Report): string {
  return platform.id.split('-')[0] ?? '';
}

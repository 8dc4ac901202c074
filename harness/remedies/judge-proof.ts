import { isDeepStrictEqual } from 'node:util';
import type { CheckResult, Finding, Proof, Report } from '../model/report.ts';
import { someIds } from '../model/format.ts';
import { oneLine, shortLine, shorten } from '../model/text.ts';

/** One try: what was changed for which findings, and what came of it. */
export type Try = {
  /** The findings of the first run. */
  readonly findings: readonly Finding[];
  /** Those of them whose remedy is in the new executable. */
  readonly changedFor: readonly Finding[];
  /** The report about the new executable. */
  readonly after: Report;
};

const most = 6;

/**
 * What a try says about the remedy of one finding. It is proved when the finding is gone and every check passes that this
 * finding, or only findings of the same try, explain; a check that another finding explains too may stay red, and is named.
 */
export function judgeProof(finding: Finding, tried: Try): Proof {
  const { findings, changedFor, after } = tried;
  const others = findings.filter((other) => !changedFor.includes(other));
  const own = finding.explains.filter((id) => !others.some((other) => other.explains.includes(id)));
  const failed = own.map((id) => checkOf(after, id)).find((check) => check?.outcome === 'fail');
  if (failed !== undefined) return { outcome: 'did not help', sentence: `${failed.id} still fails: ` +
    `${reasonOf(failed)}${nextCause(failed.id, findings, after)}` };
  const left = after.findings.find((other) => isSame(other, finding));
  if (left !== undefined) return { outcome: 'did not help', sentence: `the same defect is still there: ${brief(left.line)}` };
  const unjudged = own.find((id) => !passes(after, id));
  if (unjudged !== undefined) return { outcome: 'not tried', sentence: `${unjudged} could not be judged with this change: ` +
    reasonOf(checkOf(after, unjudged)) };
  const shared = stillShared(finding, tried);
  const reasons = others.filter((other) => other.explains.some((id) => shared.includes(id))).map(({ hazard }) => hazard);
  const remaining = shared.length === 0 ? '' : `${someIds(shared, most)} ${shared.length === 1 ? 'stays' : 'stay'} red for ` +
    listed(reasons);
  const passing = finding.explains.filter((id) => passes(after, id));
  if (passing.length === 0) return { outcome: 'did not help', sentence: `with this change alone ${remaining}` };
  const how = `with this change${togetherWith(finding, changedFor)} ${someIds(passing, most)} ${passing.length === 1 ? 'passes' : 'pass'}`;
  return { outcome: 'proved', sentence: remaining === '' ? how : `${how}; ${remaining}` };
}

/** The failed checks of a finding that did not pass in this try, and that findings outside of it explain too. */
export function stillShared(finding: Finding, { findings, changedFor, after }: Try): string[] {
  const others = findings.filter((other) => !changedFor.includes(other));
  return finding.explains.filter((id) => !passes(after, id) && others.some((other) => other.explains.includes(id)));
}

/** Whether two findings are one and the same defect. */
function isSame(a: Finding, b: Finding): boolean {
  return a.hazard === b.hazard && isDeepStrictEqual({ ...a.args }, { ...b.args });
}

function checkOf(report: Report, id: string): CheckResult | undefined {
  return report.checks.find((check) => check.id === id);
}

/** Whether a check of this id ran and passed. */
export function passes(report: Report, id: string): boolean {
  return checkOf(report, id)?.outcome === 'pass';
}

function reasonOf(check: CheckResult | undefined): string {
  return check === undefined ? 'it did not run' : brief(check.reason ?? check.title);
}

/** A defect that only shows once another is gone. */
function nextCause(id: string, before: readonly Finding[], after: Report): string {
  const next = after.findings.find((other) => other.explains.includes(id) && !before.some((known) => isSame(known, other)));
  return next === undefined ? '' : `; that is a further defect, ${oneLine(next.hazard)}: ${brief(next.remedy)}`;
}

function togetherWith(finding: Finding, changedFor: readonly Finding[]): string {
  const partners = changedFor.filter((other) => other !== finding && other.explains.some((id) => finding.explains.includes(id)));
  const names = partners.map((other) => (
    other.hazard === finding.hazard ? `${other.hazard} ${shorten(Object.values(other.args)[0] ?? '', 60)}`.trim() : other.hazard
  ));
  return partners.length === 0 ? '' : `, together with that for ${listed(names)},`;
}

function listed(names: readonly string[]): string {
  return [...new Set(names.map(oneLine))].join(' and ');
}

function brief(text: string): string {
  return shortLine(text, 300);
}

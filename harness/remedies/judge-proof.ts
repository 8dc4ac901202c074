import { isDeepStrictEqual } from 'node:util';
import type { CheckResult, Finding, Proof, Report } from '../model/report.ts';
import { someIds } from '../model/format.ts';
import { oneLine, shortLine, shorten } from '../model/text.ts';
import type { SpecChange } from '../runtimes/pyinstaller/hazards/edits.ts';
import type { Built } from '../runtimes/pyinstaller/rebuild/build.ts';

/** One try: what was changed for which findings, and what came of it. */
export type Try = {
  /** The findings of the first run. */
  readonly findings: readonly Finding[];
  /** Those of them whose remedy is in the new executable. */
  readonly changedFor: readonly Finding[];
  /** What only came out in a try before this one, and whose remedy is in the new executable too. */
  readonly further?: readonly Finding[];
  /** The report about the new executable. */
  readonly after: Report;
  readonly changeFor: (finding: Finding) => SpecChange | undefined;
  readonly built: Pick<Built, 'command' | 'failed' | 'patch'>;
};

const most = 6;

/** What a try says about the remedy of one finding, and by which command the new executable was built. */
export function judgeProof(finding: Finding, tried: Try): Proof {
  const { outcome, sentence } = judged(finding, tried);
  const { command, failed } = tried.built;
  const instead = failed.map((why) => ` (${brief(why)})`).join('');
  return { outcome, sentence: `${sentence}; built by ${shortLine(command, 200)}${instead}` };
}

/**
 * A remedy is proved when what it was about is there and every check passes that this finding, or only findings of the same try, explain; a
 * check that another finding explains too may stay red, and is named. It did not help where what it was about is still missing; a check
 * that is red for anything else says nothing against it.
 */
function judged(finding: Finding, tried: Try): Proof {
  const { findings, changedFor, after } = tried;
  const others = findings.filter((other) => !changedFor.includes(other));
  const own = finding.explains.filter((id) => !others.some((other) => other.explains.includes(id)));
  const left = after.findings.find((other) => isAboutSame(other, finding, tried));
  if (left !== undefined) return { outcome: 'did not help', sentence: `the same defect is still there: ${brief(left.line)}` };
  const passing = finding.explains.filter((id) => passes(after, id));
  const how = `with this change${togetherWith(finding, tried)} ${someIds(passing, most)} ${passing.length === 1 ? 'passes' : 'pass'}`;
  const failed = own.map((id) => checkOf(after, id)).find((check) => check?.outcome === 'fail');
  if (failed !== undefined) return { outcome: 'in part', sentence: `what was missing is there, but ${failed.id} still fails: ` +
    `${reasonOf(failed)}${nextCause(failed.id, tried)}${passing.length === 0 ? '' : `; ${how}`}` };
  const unjudged = own.find((id) => !passes(after, id));
  if (unjudged !== undefined) return { outcome: 'not tried', sentence: `${unjudged} could not be judged with this change: ` +
    reasonOf(checkOf(after, unjudged)) };
  const shared = stillShared(finding, tried);
  const reasons = others.filter((other) => other.explains.some((id) => shared.includes(id))).map(({ hazard }) => hazard);
  const remaining = shared.length === 0 ? '' : `${someIds(shared, most)} ${shared.length === 1 ? 'stays' : 'stay'} red for ` +
    listed(reasons);
  if (passing.length === 0) return { outcome: 'in part', sentence: `what was missing is there; with this change alone ${remaining}` };
  return { outcome: 'proved', sentence: remaining === '' ? how : `${how}; ${remaining}` };
}

/** The failed checks of a finding that did not pass in this try, and that findings outside of it explain too. */
export function stillShared(finding: Finding, { findings, changedFor, after }: Try): string[] {
  const others = findings.filter((other) => !changedFor.includes(other));
  return finding.explains.filter((id) => !passes(after, id) && others.some((other) => other.explains.includes(id)));
}

/** What only comes out once these findings are mended: defects that explain a check of theirs which still fails. */
export function furtherDefects({ findings, changedFor, further = [], after }: Try): Finding[] {
  const own = changedFor.flatMap(({ explains }) => explains);
  return after.findings.filter((other) => other.explains.some((id) => own.includes(id)) &&
    ![...findings, ...further].some((known) => isSame(known, other)));
}

/** Whether a finding of the new executable asks for something that the change was to bring. */
function isAboutSame(other: Finding, finding: Finding, { changeFor }: Try): boolean {
  if (isSame(other, finding)) return true;
  const wanted = changeFor(finding) ?? [];
  return (changeFor(other) ?? []).some(({ kind, name }) => wanted.some((edit) => edit.kind === kind && edit.name === name));
}

/** Whether two findings are one and the same defect. */
export function isSame(a: Finding, b: Finding): boolean {
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

function nextCause(id: string, tried: Try): string {
  const next = furtherDefects(tried).find((other) => other.explains.includes(id));
  return next === undefined ? '' : `; that is a further defect, ${oneLine(next.hazard)}: ${brief(next.remedy)}`;
}

function togetherWith(finding: Finding, { changedFor, further = [] }: Try): string {
  const partners = changedFor.filter((other) => other !== finding && other.explains.some((id) => finding.explains.includes(id)));
  const names = partners.map((other) => (
    other.hazard === finding.hazard ? `${other.hazard} ${shorten(Object.values(other.args)[0] ?? '', 60)}`.trim() : other.hazard
  ));
  const known = partners.length === 0 ? '' : `, together with that for ${listed(names)},`;
  const later = further.map(({ hazard, remedy }) => `${oneLine(hazard)}: ${brief(remedy)}`);
  return later.length === 0 ? known : `${known} and with a further one that it takes (${later.join('; ')})`;
}

function listed(names: readonly string[]): string {
  return [...new Set(names.map(oneLine))].join(' and ');
}

function brief(text: string): string {
  return shortLine(text, 300);
}

import { count, someIds } from '../model/format.ts';
import type { CheckResult, Verdict } from '../model/report.ts';
import { oneLine, shorten } from '../model/text.ts';

/** Everything that decides about a run. */
export type Judged = {
  readonly checks: readonly CheckResult[];
  readonly expectedIds: readonly string[]; // that this run owes: the catalogue's, or those that the filter left
  readonly partial: readonly string[]; // why the run does not cover everything; empty for a whole run
  readonly interrupted: string | null; // the signal that ended the run early
  readonly unhandledErrors: readonly string[]; // of hooks, suites and of the harness outside any check
  readonly infrastructureErrors: readonly string[]; // why a server, a service or the machine kept checks from running
  readonly subjectChanged: boolean; // its sha256 after the run differs from the one before, or cannot be had any more
  readonly contractGiven: boolean;
  readonly emulatedBy: string | undefined; // what ran the executable in place of its own platform
};

/**
 * The verdict over all checks of one platform.
 *
 * `fail`: a check failed, the executable changed, an error happened outside a check, no check ran, or an owed check never ran.
 * `inconclusive`: a check could not judge, the run was interrupted, the infrastructure failed, or there was no contract.
 * fail goes before inconclusive, and that before pass. After an interruption or a failure of the infrastructure, checks that
 * never ran and errors outside checks are consequences: they make the run inconclusive, not failed.
 * A check that says `not-applicable` without a reason counts as one that never ran. `partial` changes the sentence only.
 */
export function judge(run: Judged): Verdict {
  const failed = run.checks.filter((check) => check.outcome === 'fail').map((check) => check.id);
  const unjudged = run.checks.filter((check) => check.outcome === 'inconclusive').map((check) => check.id);
  const neverRan = owedIds(run);
  const excused = run.interrupted !== null || run.infrastructureErrors.length > 0;
  const incomplete = neverRan.length > 0 || run.unhandledErrors.length > 0 || nothingRan(run.checks);

  const sentence = sentenceOf(run, failed, unjudged, neverRan);
  if (failed.length > 0 || run.subjectChanged || (incomplete && !excused)) {
    return { outcome: 'fail', decidedBy: excused ? failed : [...failed, ...neverRan], sentence };
  }
  if (unjudged.length > 0 || incomplete || excused || !run.contractGiven) {
    return { outcome: 'inconclusive', decidedBy: [...unjudged, ...neverRan], sentence };
  }
  return { outcome: 'pass', decidedBy: [], sentence };
}

/** Every outcome but a reasonless `not-applicable` answers for its id. */
function owedIds({ checks, expectedIds }: Judged): string[] {
  const silent = checks.filter((check) => check.outcome === 'not-applicable' && !check.reason).map((check) => check.id);
  const answered = new Set(checks.map((check) => check.id).filter((id) => !silent.includes(id)));
  return [...new Set([...expectedIds, ...silent])].filter((id) => !answered.has(id));
}

function nothingRan(checks: readonly CheckResult[]): boolean {
  return checks.every((check) => check.outcome === 'not-applicable');
}

function sentenceOf(run: Judged, failed: string[], unjudged: string[], neverRan: string[]): string {
  const circumstances = [
    ...(run.emulatedBy === undefined ? [] : [`emulated by ${oneLine(run.emulatedBy)}`]),
    ...(run.partial.length > 0 ? [`partial run (${run.partial.map(oneLine).join(', ')})`] : []),
    ...(run.interrupted === null ? [] : [`interrupted by ${run.interrupted}`]),
    ...(run.subjectChanged ? ['the executable changed during the run'] : []),
    ...told('the infrastructure failed', run.infrastructureErrors),
    ...told('an error outside the checks', run.unhandledErrors),
    ...(run.contractGiven ? [] : ['no contract was given']),
  ];
  const counts = nothingRan(run.checks) ? 'no check ran' : countsOf(run.checks, failed, unjudged, neverRan);
  const text = circumstances.length === 0 ? counts : `${circumstances.join('; ')}: ${counts}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function told(what: string, errors: readonly string[]): string[] {
  const [first, ...others] = errors;
  if (first === undefined) return [];
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return [`${what} (${shorten(oneLine(first), 160)}${more})`];
}

function countsOf(checks: readonly CheckResult[], failed: string[], unjudged: string[], neverRan: string[]): string {
  const passed = checks.filter((check) => check.outcome === 'pass').length;
  const foreign = checks.filter((check) => check.outcome === 'not-applicable' && check.reason && !check.notLookedFor).length;
  const total = passed + failed.length + unjudged.length + neverRan.length;
  return [
    passed === total ? `all ${count(total, 'check')} passed` : `${passed} of ${count(total, 'check')} passed`,
    ...(failed.length > 0 ? [`${failed.length} failed: ${someIds(failed, 5)}`] : []),
    ...(unjudged.length > 0 ? [`${unjudged.length} could not be judged: ${someIds(unjudged, 5)}`] : []),
    ...(neverRan.length > 0 ? [`${neverRan.length} never ran: ${someIds(neverRan, 5)}`] : []),
    ...(foreign > 0 ? [`${foreign} not applicable`] : []),
  ].join(', ') + unseenIn(checks);
}

/** `; not looked for here: startup.network, shutdown.left-overs in part (strace is not installed: …)`: a green does not speak of these. */
function unseenIn(checks: readonly CheckResult[]): string {
  const unseen = checks.filter(({ notLookedFor }) => notLookedFor);
  const groups = Map.groupBy(unseen, ({ notLookedFor = '' }) => notLookedFor);
  const texts = Array.from(groups, ([why, of]) => {
    const ids = of.map(({ id, outcome }) => (outcome === 'not-applicable' ? id : `${id} in part`));
    return `${someIds(ids, 5)} (${shorten(oneLine(why), 200)})`;
  });
  return texts.length === 0 ? '' : `; not looked for here: ${texts.join(', ')}`;
}

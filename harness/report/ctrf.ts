import { formatValue } from '../model/format.ts';
import type { Evidence, Outcome, RegressionDecision, Report } from '../model/report.ts';
import { excerpt, jsonText, shortLine } from '../model/text.ts';
import { casesOf, detailsOf, webAddress, type Case } from './cases.ts';
import { platformText } from './identity.ts';

/**
 * CTRF has no word for "could not judge": `skipped` and `pending` say that a test was left out on purpose or will come,
 * and `failed` says that the executable is broken. `other` counts against the pass rate; `rawStatus` keeps our own word.
 */
const statuses = { pass: 'passed', fail: 'failed', inconclusive: 'other', 'not-applicable': 'skipped' } satisfies Record<Outcome, string>;

/** Common Test Report Format 0.0.0 (github.com/ctrf-io/ctrf, `spec/ctrf.md`) for summary tools; JSON leaves out what is undefined. */
export function ctrf(report: Report, reportSha256: string): string {
  const { verdict, partial, interrupted, tool, contract, subject, platform } = report;
  const cases = casesOf(report);
  const start = Date.parse(tool.startedAt);
  // A clock that went back must not give an end before the start.
  const stop = Math.max(start, Date.parse(tool.endedAt));
  const number = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length;
  return jsonText({
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: tool.endedAt,
    generatedBy: 'frostgate',
    extra: {
      'frostgate.report': { sha256: reportSha256 },
      'frostgate.verdict': {
        outcome: verdict.outcome,
        sentence: line(verdict.sentence),
        partial: partial.map(line),
        interrupted: interrupted && line(interrupted),
      },
      'frostgate.decisions': report.decisions?.map(decision),
    },
    results: {
      tool: { name: 'frostgate', version: line(tool.version) },
      summary: {
        tests: cases.length,
        passed: number('pass'),
        failed: number('fail'),
        skipped: number('not-applicable'),
        pending: 0,
        other: number('inconclusive'),
        suites: new Set(cases.map(({ area }) => area)).size,
        start,
        stop,
        duration: stop - start,
      },
      tests: cases.map((one) => test(report, one)),
      environment: {
        reportName: line(`platform validation ${platformText(report)}`),
        appName: line(contract?.worker),
        appVersion: line(subject?.version),
        buildUrl: webAddress(platform.runUrl),
        commit: line(platform.commit),
        osPlatform: line(platform.os),
        osRelease: line(platform.kernel),
        extra: { 'frostgate.subject': subject && { file: line(subject.file), sha256: subject.sha256Before } },
      },
    },
  });
}

function test(report: Report, { kind, id, area, outcome, reason, check }: Case): object {
  const details = check !== undefined && (outcome === 'fail' || outcome === 'inconclusive') ? detailsOf(report, check) : [];
  const number = (value: number | undefined) => (value === undefined ? undefined : line(formatValue(value, check?.unit)));
  return {
    name: line(id) || 'unnamed',
    status: statuses[outcome],
    rawStatus: kind === 'never ran' ? kind : outcome,
    duration: Math.round(check?.durationMs ?? 0),
    suite: [line(report.platform.id), area],
    message: outcome === 'pass' ? undefined : excerpt(reason),
    trace: details.length > 0 ? excerpt(details.join('\n')) : undefined,
    filePath: line(check?.file),
    line: check?.line,
    attachments: check?.evidence.length === 0 ? undefined : check?.evidence.map(attachment),
    extra: check && {
      'frostgate.check': { title: line(check.title), note: line(check.note), value: number(check.value), limit: number(check.limit) },
    },
  };
}

/** Without its samples, which report.json has. */
function decision({ metric, check, answer, effectPercent, intervalPercent, limitPercent, pairs, sentence }: RegressionDecision): object {
  return {
    metric: line(metric), check: line(check), answer, effectPercent, intervalPercent, limitPercent, pairs, sentence: line(sentence),
  };
}

function attachment({ title, path, sha256 }: Evidence): object {
  const contentType = path.endsWith('.json') ? 'application/json' : 'text/plain';
  return { name: line(title), contentType, path: line(path), extra: { 'frostgate.evidence': { sha256 } } };
}

function line(text: string | undefined): string | undefined {
  return text === undefined ? undefined : shortLine(text, 1000);
}

import { casesOf, type Case } from './cases.ts';
import { detailsOf } from './details.ts';
import { formatValue } from '../model/format.ts';
import type { CheckResult, Evidence, Outcome, Report } from '../model/report.ts';
import { excerpt, jsonText, shortLine } from '../model/text.ts';
import { webAddress } from './web-address.ts';

/**
 * CTRF has no word for "could not judge": `skipped` and `pending` say that a test was left out on purpose or will come,
 * and `failed` says that the executable is broken. `other` counts against the pass rate; `rawStatus` keeps our own word.
 */
const statuses = { pass: 'passed', fail: 'failed', inconclusive: 'other', 'not-applicable': 'skipped' } satisfies Record<Outcome, string>;

/** Common Test Report Format, specification 0.0.0 (github.com/ctrf-io/ctrf, `spec/ctrf.md`): JSON that generic summary tools read. */
export function ctrf(report: Report, reportSha256: string): string {
  const cases = casesOf(report);
  const start = Date.parse(report.tool.startedAt);
  // A clock that went back must not give an end before the start.
  const stop = Math.max(start, Date.parse(report.tool.endedAt));
  const number = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length;
  const document = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: report.tool.endedAt,
    generatedBy: 'frostgate',
    extra: { 'frostgate.report': { sha256: reportSha256 }, 'frostgate.verdict': verdict(report) },
    results: {
      tool: { name: 'frostgate', version: line(report.tool.version) },
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
      environment: environment(report),
    },
  };
  return jsonText(document);
}

function verdict({ verdict: { outcome, sentence }, partial, interrupted }: Report): object {
  return { outcome, sentence: line(sentence), partial: partial.map(line), interrupted: interrupted === null ? null : line(interrupted) };
}

function test(report: Report, one: Case): object {
  const { id, area, outcome, reason, check } = one;
  return {
    name: line(id) || 'unnamed',
    status: statuses[outcome],
    rawStatus: one.kind === 'never ran' ? one.kind : outcome,
    duration: Math.round(check?.durationMs ?? 0),
    suite: [line(report.platform.id), area],
    ...(outcome !== 'pass' && { message: excerpt(reason) }),
    ...(check !== undefined && checkFields(report, check)),
  };
}

function checkFields(report: Report, check: CheckResult): object {
  const { title, outcome, note, value, limit, unit, evidence, file, line: lineNumber } = check;
  const details = outcome === 'fail' || outcome === 'inconclusive' ? detailsOf(report, check) : [];
  return {
    ...(details.length > 0 && { trace: excerpt(details.join('\n')) }),
    ...(file !== undefined && { filePath: line(file) }),
    ...(lineNumber !== undefined && { line: lineNumber }),
    ...(evidence.length > 0 && { attachments: evidence.map(attachment) }),
    extra: {
      'frostgate.check': {
        title: line(title),
        ...(note !== undefined && { note: line(note) }),
        ...(value !== undefined && { value: line(formatValue(value, unit)) }),
        ...(limit !== undefined && { limit: line(formatValue(limit, unit)) }),
      },
    },
  };
}

function attachment({ title, path, sha256 }: Evidence): object {
  const contentType = path.endsWith('.json') ? 'application/json' : 'text/plain';
  return { name: line(title), contentType, path: line(path), extra: { 'frostgate.evidence': { sha256 } } };
}

function environment({ contract, subject, platform }: Report): object {
  const buildUrl = webAddress(platform.runUrl);
  return {
    reportName: line(`platform validation ${platform.id}`),
    ...(contract !== null && { appName: line(contract.worker) }),
    ...(subject?.version !== undefined && { appVersion: line(subject.version) }),
    ...(buildUrl !== undefined && { buildUrl }),
    ...(platform.commit !== undefined && { commit: line(platform.commit) }),
    osPlatform: line(platform.os),
    osRelease: line(platform.kernel),
    extra: { 'frostgate.subject': subject === null ? null : { file: line(subject.file), sha256: subject.sha256Before } },
  };
}

function line(text: string): string {
  return shortLine(text, 1000);
}

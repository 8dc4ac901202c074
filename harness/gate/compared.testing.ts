import { rowOf } from '../model/catalogue.ts';
import type { Report } from '../model/report.ts';
import { sampleDecision } from '../report/sample-report.testing.ts';
import { sha256Of } from './read/regular-file.ts';
import { freshReport, rejudged } from './sample.testing.ts';

/** What the last release shipped for a platform. */
export const lastSha256 = (platform: string): string => sha256Of(`last ${platform}`);

/** The report that the last release had of a platform. */
export function lastReport(platform: string): Report {
  const report = freshReport(platform, '0.9.0');
  const sha256 = lastSha256(platform);
  return { ...report, subject: report.subject && { ...report.subject, sha256Before: sha256, sha256After: sha256 } };
}

/** A whole report without a fault, of a run beside the last release: every check that compares with it has decided for it. */
export function comparedReport(platform: string, sha256 = lastSha256(platform)): Report {
  const report = freshReport(platform, undefined, true);
  const decisions = report.checks.flatMap(({ id, outcome }) => (outcome === 'pass' ? rowOf(id)?.beside ?? [] : []).map((metric) => (
    sampleDecision({ metric, check: id, answer: 'pass', sentence: `${metric} is unchanged: pass` })
  )));
  return rejudged({
    ...report, previous: { file: 'previous/agent-runner', sha256, sizeBytes: 70_000_000 }, decisions,
    tool: { ...report.tool, launches: { ...report.tool.launches, previous: 20 } },
  });
}

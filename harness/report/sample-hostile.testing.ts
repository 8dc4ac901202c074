import { sampleCheck, sampleReport } from './sample-report.testing.ts';
import type { Report } from '../model/report.ts';

const nasty = '\u001B[2J\u001B]0;owned\u0007| a `b` </failure> ]]> & "q" ' +
  '<script>alert(1)</script>\u0000\u202E\n```\n::error::x\n##[group]x\n# head';

/** A report, for tests alone, in which every text that a subject can influence attacks the reader. */
export function hostileReport(): Report {
  const report = sampleReport();
  return {
    ...report,
    subject: report.subject && { ...report.subject, file: nasty, version: nasty, freezer: nasty },
    contents: report.contents && {
      ...report.contents, pythonVersion: nasty, sizes: report.contents.sizes.map((size) => ({ ...size, name: nasty, version: nasty })),
    },
    contract: report.contract && { ...report.contract, worker: nasty },
    expectedIds: ['execution.failure', 'startup.ready'],
    checks: [
      sampleCheck(
        'execution.failure',
        { title: nasty, outcome: 'fail', reason: nasty, expected: nasty, got: nasty, remedy: nasty, evidence: [
          { path: `evidence/${nasty}`, sha256: '0'.repeat(64), title: nasty },
        ] },
      ),
      sampleCheck('startup.ready', { note: nasty }),
    ],
    findings: report.findings.map((finding) => ({
      ...finding, cause: nasty, remedy: nasty, line: nasty, source: nasty, proof: { outcome: 'did not help', sentence: nasty },
    })),
    warnings: [nasty],
    notVerified: [nasty],
  };
}

/** Characters that no rendering may let through, but for newline and tab. */
export const forbidden = /[\p{Cc}--[\n\t]]|[\u202A-\u202E\u2066-\u2069]/v;

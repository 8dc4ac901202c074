import { win32 } from 'node:path';
import type { Outcome, Report } from '../model/report.ts';
import { jsonText, shortLine } from '../model/text.ts';
import { casesOf, webAddress } from './cases.ts';

/**
 * The predicate alone, for `actions/attest` (`predicate-path`) and `cosign attest-blob --predicate`, which add the subject themselves.
 * Specification: in-toto attestation, test-result v0.1. Undefined without an executable: there is nothing to attest.
 * `PASSED` only for a whole run that passed: inconclusive, partial (`--only`, `--profile quick`) and interrupted runs, and a run during
 * which the executable changed, are `FAILED`, because policies let `WARNED` through. `failedTests` then names at least one reason,
 * so a policy that reads only the lists comes to the same answer.
 */
export function testResultPredicate(report: Report, reportSha256: string): string | undefined {
  return report.subject === null ? undefined : jsonText(predicate(report, reportSha256));
}

/** The whole in-toto Statement v1, for `cosign attest-blob --statement`. Undefined without an executable: a statement needs a subject. */
export function testResultStatement(report: Report, reportSha256: string): string | undefined {
  if (report.subject === null) return undefined;
  return jsonText({
    _type: 'https://in-toto.io/Statement/v1',
    subject: subjects(report.subject, report.platform.id),
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: predicate(report, reportSha256),
  });
}

/** The executable and, where that is released, its folder: https://github.com/in-toto/attestation, spec/v1/digest_set.md. */
function subjects({ file, sha256Before, tree }: NonNullable<Report['subject']>, platform: string): object[] {
  const executable = { name: subjectName(file, platform), digest: { sha256: sha256Before } };
  return [executable, ...(tree ? [{ name: `${executable.name}/`, digest: { dirHash: tree.dirHash } }] : [])];
}

function predicate(report: Report, reportSha256: string): object {
  const cases = casesOf(report);
  const names = (...outcomes: readonly Outcome[]) => cases.filter(({ outcome }) => outcomes.includes(outcome)).map(({ id }) => name(id));
  const failed = [...names('fail', 'inconclusive'), ...faults(report)];
  return {
    result: failed.length === 0 ? 'PASSED' : 'FAILED',
    configuration: [
      configuration(report), { name: 'report.json', digest: { sha256: reportSha256 }, mediaType: 'application/json' },
      // What was decided beside it stands in the report: the predicate has no place for numbers.
      ...(report.previous === undefined ? [] : [{ name: 'previous release', digest: { sha256: report.previous.sha256 } }]),
    ],
    // A ResourceURI has its scheme and host in lower case.
    url: webAddress(report.platform.runUrl),
    passedTests: names('pass'),
    warnedTests: [],
    failedTests: failed,
  };
}

/** Why a run whose checks passed proves nothing about a release. */
function faults({ checks, partial, interrupted, subject, contract }: Report): string[] {
  return [
    ...(checks.some(({ outcome }) => outcome === 'pass') ? [] : ['run.nothing-passed']),
    ...(partial.length === 0 ? [] : ['run.partial']),
    ...(interrupted === null ? [] : ['run.interrupted']),
    ...(subject?.sha256After === subject?.sha256Before ? [] : ['run.executable-changed']),
    ...(contract === null ? ['run.no-contract'] : []),
  ];
}

/** Its name is what a policy knows the test by (conforma: `configuration[0].name`): the same in every run of a worker on a platform. */
function configuration({ contract, subject, platform }: Report): object {
  const where = platform.emulation === undefined ? platform.id : `${platform.id} emulated`;
  const test = name(`${contract?.worker ?? baseName(subject?.file ?? '')} verification ${where}`);
  if (contract !== null) return { name: test, digest: { sha256: contract.sha256 } };
  // A descriptor needs one of uri, digest and content.
  return { name: test, content: Buffer.from('no contract\n').toString('base64'), mediaType: 'text/plain' };
}

/** `agent-runner-linux-amd64`, whether or not the file's own name says the platform. */
function subjectName(file: string, platform: string): string {
  const base = baseName(file);
  return name(base.includes(platform) ? base : base.replace(/(\.exe)?$/i, (extension) => `-${platform}${extension}`));
}

function baseName(file: string): string {
  return win32.basename(file) || 'executable';
}

function name(text: string): string {
  return shortLine(text, 500) || 'unnamed';
}

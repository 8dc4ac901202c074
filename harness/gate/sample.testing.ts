import { elfFile, peFile, thinFile } from '../runtimes/native/headers.testing.ts';
import { catalogue } from '../contract/catalogue.ts';
import { exampleText } from '../contract/example.testing.ts';
import { parseContract } from '../contract/load.ts';
import { ownVersion } from '../system/own-package.ts';
import { areaOf } from '../model/catalogue.ts';
import type { CheckResult, Measurement, Report } from '../model/report.ts';
import { sampleCheck, sampleReport } from '../report/sample-report.testing.ts';
import { judge } from '../judge/verdict.ts';
import { sha256Of } from './read/regular-file.ts';

/** A platform of a release for tests: the words of its machine, and bytes that are an executable of it. */
const machines: Record<string, { readonly os: string; readonly kernel: string; readonly architecture: string; readonly binary: Buffer }> = {
  'linux-amd64': { os: 'Debian GNU/Linux 12 (bookworm)', kernel: 'Linux 6.1.0', architecture: 'x86_64', binary: elfFile() },
  'linux-arm64': { os: 'Ubuntu 24.04.1 LTS', kernel: 'Linux 6.8.0', architecture: 'aarch64', binary: elfFile({ machine: 183 }) },
  'darwin-amd64': { os: 'Darwin', kernel: 'Darwin 24.1.0', architecture: 'x86_64', binary: thinFile(0x01000007) },
  'darwin-arm64': { os: 'Darwin', kernel: 'Darwin 24.1.0', architecture: 'arm64', binary: thinFile() },
  'windows-amd64': { os: 'Windows_NT', kernel: 'Windows_NT 10.0.20348', architecture: 'x86_64', binary: peFile() },
};

/** The contract of the release, as the bytes of its file. */
export const contractText = exampleText;
const contract = parseContract(contractText, 'worker-contract.yaml');

/** The commit of the release. */
export const commit = '4f2c9d1e7a3b5c6d8e9f0a1b2c3d4e5f6a7b8c9d';

/** Text of the one evidence file that a passing report names, and its path. */
export const evidenceText = 'worker started\n';
export const evidencePath = 'evidence/startup.ready/output.log';

/** The bytes of the executable that the passing report of a platform is about. */
export function binaryOf(platform: string): Buffer {
  return machines[platform]?.binary ?? Buffer.alloc(0);
}

/** A whole report without a fault, for any platform; everything in it belongs together. */
export function passingReport(platform: string, version = '1.0.0'): Report {
  const { os = platform, kernel = '1', architecture = 'unknown' } = machines[platform] ?? {};
  const sha256 = sha256Of(binaryOf(platform));
  const sample = sampleReport();
  const checks = catalogue(contract).map(({ id }) => passingCheck(id, binaryOf(platform).length));
  return rejudged({
    ...sample,
    tool: { ...sample.tool, version: ownVersion },
    subject: sample.subject
      && {
        ...sample.subject, sha256Before: sha256, sha256After: sha256, sizeBytes: binaryOf(platform).length, platforms: [platform],
        version: `agent-runner ${version}`,
      },
    platform: { ...sample.platform, id: platform, os, kernel, architecture, commit },
    contract: { file: 'worker-contract.yaml', sha256: sha256Of(contractText), worker: 'agent-runner' },
    expectedIds: checks.map(({ id }) => id),
    checks,
    findings: [],
    measurements: measurements(),
    notVerified: [],
  });
}

/** The report with the verdict that its checks deserve, as an honest run would have written it. */
export function rejudged(report: Report): Report {
  const { checks, expectedIds, partial, interrupted, subject, contract: given, warnings } = report;
  const subjectChanged = subject !== null && subject.sha256After !== subject.sha256Before;
  return {
    ...report,
    verdict: judge(
      {
        checks, expectedIds, partial, interrupted, unhandledErrors: [], infrastructureErrors: warnings, subjectChanged,
        contractGiven: given !== null,
      },
    ),
  };
}

/** The report with one check changed, honestly judged. */
export function withCheck(report: Report, id: string, change: Partial<CheckResult>): Report {
  return rejudged({ ...report, checks: report.checks.map((check) => (check.id === id ? { ...check, ...change } : check)) });
}

function measured(metric: string, unit: 'ms' | 'bytes', samples: number[], limit: number): Measurement {
  return { metric, title: metric, unit, variant: 'subject', samples, median: samples.toSorted((a, b) => a - b)[1] ?? 0, spread: 0, limit };
}

function measurements(): Measurement[] {
  return [
    measured('performance.version', 'ms', [900, 940, 910], contract.budgets.versionSeconds * 1e3),
    measured('performance.ready', 'ms', [1700, 1720, 1690], contract.budgets.readySeconds * 1e3),
    measured('performance.memory', 'bytes', [148e6, 149e6, 150e6], contract.budgets.memoryMb * 1e6),
    measured('performance.disk', 'bytes', [140e6, 140e6, 140e6], contract.budgets.diskMb * 1e6),
  ];
}

function passingCheck(id: string, sizeBytes: number): CheckResult {
  const { median, limit, unit } = measurements().find(({ metric }) => metric === id) ?? {};
  const area = areaOf(id) ?? 'artifact';
  if (id === 'artifact.size') return sampleCheck(id, { value: sizeBytes, limit: contract.budgets.sizeMb * 1e6, unit: 'bytes' });
  if (id === 'startup.ready') return sampleCheck(
    id, { value: 1700, limit: 10_000, unit: 'ms', evidence: [{ path: evidencePath, sha256: sha256Of(evidenceText), title: 'output' }] },
  );
  if (id === 'environment.MODE.honoured') return sampleCheck(id, { outcome: 'not-applicable', reason: 'the contract names no place ' +
    '(reaches) where its effect can be seen' });
  return sampleCheck(
    id, { area, ...(median !== undefined && limit !== undefined && unit !== undefined && { value: median, limit, unit }) },
  );
}

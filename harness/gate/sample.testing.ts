import { median } from 'simple-statistics';
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

/** A whole report without a fault, for any platform; everything in it belongs together. Of a run beside the last release it owes more. */
export function passingReport(platform: string, version = '1.0.0', hasPrevious = false): Report {
  const { os = platform, kernel = '1', architecture = 'unknown' } = machines[platform] ?? {};
  const sha256 = sha256Of(binaryOf(platform));
  const sample = sampleReport();
  const { libc, ...machine } = sample.platform;
  const measurements = measurementsOn(platform);
  const checks = catalogue(contract, hasPrevious).map(({ id }) => (
    { ...passingCheck(id, binaryOf(platform).length, measurements), compared: { count: 1, what: 'things' } }
  ));
  return rejudged({
    ...sample,
    tool: { ...sample.tool, version: ownVersion, launches: { subject: 63, baseline: 16, busyMs: 71_000 } },
    subject: sample.subject
      && {
        ...sample.subject, sha256Before: sha256, sha256After: sha256, sizeBytes: binaryOf(platform).length, platforms: [platform],
        version: `agent-runner ${version}`, format: formatOf(platform),
      },
    platform: {
      ...machine, ...(platform.startsWith('linux') && libc !== undefined && { libc }), id: platform, os, kernel, architecture, commit,
    },
    contract: { file: 'worker-contract.yaml', sha256: sha256Of(contractText), worker: 'agent-runner' },
    expectedIds: checks.map(({ id }) => id),
    checks,
    findings: [],
    endurance: { executions: 200, idleMs: 52_000 },
    measurements,
    notVerified: [],
  });
}

/** The same, of a run that ended an hour ago: what a gate that is asked now takes. */
export function freshReport(platform: string, version?: string, hasPrevious?: boolean): Report {
  const report = passingReport(platform, version, hasPrevious);
  const [startMs, endMs] = [Date.parse(report.tool.startedAt), Date.parse(report.tool.endedAt)];
  const laterMs = Date.now() - 3_600_000 - endMs;
  const at = (ms: number): string => new Date(ms + laterMs).toISOString();
  return { ...report, tool: { ...report.tool, startedAt: at(startMs), endedAt: at(endMs) } };
}

const formatOf = (platform: string): string => (
  platform.startsWith('darwin') ? 'Mach-O' : platform.startsWith('windows') ? 'PE' : 'ELF'
);

/** The report with the verdict that its checks deserve, as an honest run would have written it. */
export function rejudged(report: Report): Report {
  const { checks, expectedIds, partial, interrupted, subject, contract: given, warnings, platform } = report;
  const subjectChanged = subject !== null && subject.sha256After !== subject.sha256Before;
  return {
    ...report,
    verdict: judge(
      {
        checks, expectedIds, partial, interrupted, unhandledErrors: [], infrastructureErrors: warnings, subjectChanged,
        contractGiven: given !== null, emulatedBy: platform.emulation?.by,
      },
    ),
  };
}

/** The report with one check changed, honestly judged. */
export function withCheck(report: Report, id: string, change: Partial<CheckResult>): Report {
  return rejudged({ ...report, checks: report.checks.map((check) => (check.id === id ? { ...check, ...change } : check)) });
}

const variants = (limit: number) => [{ variant: 'subject', factor: 1, limit }, { variant: 'baseline', factor: 0.5 }] as const;

/** Of both variants, no two platforms alike. */
function measurementsOn(platform: string): Measurement[] {
  const index = Object.keys(machines).indexOf(platform) + 1;
  const { versionSeconds, readySeconds, memoryMb, diskMb } = contract.budgets;
  const measured = (metric: string, unit: 'ms' | 'bytes', samples: number[], limit: number): Measurement[] => (
    variants(limit).map(({ variant, factor, ...more }) => {
      const own = samples.map((sample) => (unit === 'ms' ? sample + index : sample) * factor);
      return { metric, title: metric, unit, variant, samples: own, median: median(own), spread: 0, ...more };
    })
  );
  return [
    ...measured('performance.version', 'ms', [900, 940, 910], versionSeconds * 1e3),
    ...measured('performance.ready', 'ms', [1700, 1720, 1690, 1705, 1695], readySeconds * 1e3),
    ...measured('performance.memory', 'bytes', [148e6, 149e6, 150e6], memoryMb * 1e6),
    ...measured('performance.disk', 'bytes', [140e6, 140e6, 140e6], diskMb * 1e6),
  ];
}

function passingCheck(id: string, sizeBytes: number, measurements: readonly Measurement[]): CheckResult {
  const { median: value, limit, unit } = measurements.find(({ metric }) => metric === id) ?? {};
  const area = areaOf(id) ?? 'artifact';
  if (id === 'artifact.size') return sampleCheck(id, { value: sizeBytes, limit: contract.budgets.sizeMb * 1e6, unit: 'bytes' });
  if (id === 'startup.ready') return sampleCheck(
    id, { value: 1700, limit: 10_000, unit: 'ms', evidence: [{ path: evidencePath, sha256: sha256Of(evidenceText), title: 'output' }] },
  );
  if (id === 'environment.MODE.honoured') return sampleCheck(id, { outcome: 'not-applicable', reason: 'the contract names no place ' +
    '(reaches) where its effect can be seen' });
  return sampleCheck(
    id, { area, ...(value !== undefined && limit !== undefined && unit !== undefined && { value, limit, unit }) },
  );
}

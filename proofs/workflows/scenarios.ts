import { appendFileSync, cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../harness/model/report.ts';
import type { Ended } from './run-workflow.ts';

/** A release as it can go, and how the workflow must take it. */
export type Scenario = {
  readonly name: string;
  readonly version?: string;
  /** A defective executable in place of the good one, which is verified in earnest. */
  readonly sabotage?: string;
  /** A change to what another platform's run reports. */
  readonly reports?: (platform: string, report: Report) => Report;
  /** The contract of an earlier release, made from the one of this release; where it is left out nothing was released before. */
  readonly promisedBefore?: (contract: string) => string;
  /** The executables of this machine's platform, that of the earlier release first: their sizes are compared in earnest. */
  readonly sized?: readonly [earlier: string, now: string];
  /** What happens to what was published then, before this release is asked for. */
  readonly published?: (assets: string) => void;
  /** What happens to the artifacts before a job, once. */
  readonly before?: readonly [job: string, happens: (artifacts: string) => void];
  /** How many statements are signed; when left out, all that the gate lets through. */
  readonly signed?: number;
  /** How the jobs end that do not succeed. */
  readonly jobs: Readonly<Record<string, Ended['result']>>;
  /** What the steps that failed must say. */
  readonly says: readonly RegExp[];
};

const unsigned = { 'attest-tests': 'skipped', 'attest-release': 'skipped', release: 'skipped' } as const;
const blocked = { gate: 'failure', ...unsigned } as const;
const notStarted = { request: 'failure', build: 'skipped', verify: 'skipped', gate: 'skipped', ...unsigned } as const;

const remove = (name: string) => (artifacts: string): void => rmSync(join(artifacts, name), { recursive: true });
const addByte = (name: string) => (artifacts: string): void => appendFileSync(join(artifacts, name, name), '\0');
const swap = (one: string, other: string) => (artifacts: string): void => {
  const at = (name: string, file = name) => join(artifacts, name, file);
  for (const [from, to] of [[at(one), at(one, '-')], [at(other), at(one)], [at(one, '-'), at(other)]] as const) renameSync(from, to);
};
const asBefore = (contract: string): string => contract;
const archive = (platform: string): string => `frostgate-report-${platform}.tar.gz`;
const [reference, larger] = ['agent-runner/dist/agent-runner', 'sabotaged/dist/honest'];
const ofOtherCommit = (platform: string, report: Report): Report =>
  (platform === 'windows-amd64' ? { ...report, platform: { ...report.platform, commit: '0'.repeat(40) } } : report);

export const scenarios: readonly Scenario[] = [
  { name: 'a first release is tagged, and says that it is the first', jobs: {},
    says: [/^::notice::nothing was released yet, so there is nothing to compare with$/m] },
  { name: 'an executable that dies at its start is not', sabotage: 'no-sandbox-module', jobs: { ...blocked, verify: 'failure' },
    says: [/FAIL startup\.ready/, /TW-17/, /red +linux-amd64: /] },
  { name: 'a platform without a report is not', before: ['gate', remove('frostgate-report-darwin-arm64')], jobs: blocked,
    says: [/missing +darwin-arm64: /] },
  { name: 'a report of another commit is not', reports: ofOtherCommit, jobs: blocked, says: [/stale +windows-amd64: .*000000000000/] },
  { name: 'one that was compared with what the last release published is', promisedBefore: asBefore, jobs: {}, says: [] },
  { name: 'one that is larger than the last one is not', promisedBefore: asBefore, sized: [reference, larger],
    jobs: { ...blocked, verify: 'failure' },
    says: [/red +linux-amd64: artifact\.size failed\s+\(beside\s+the\s+last\s+release:\s+the\s+file\s+is\s+\d+(?:\.\d)?\s+%\s+larger/] },
  { name: 'one that is smaller is', promisedBefore: asBefore, sized: [larger, reference], jobs: {}, says: [] },
  { name: 'a platform that was not released last time has nothing to be compared with', promisedBefore: asBefore, jobs: {},
    published: (assets) => {
      const file = join(assets, 'SHA256SUMS');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^.*windows.*\n/m, ''));
    },
    says: [/^::notice::the last release had no executable for windows-amd64, so there is nothing to compare with$/m] },
  { name: 'a last release that is nowhere stops the next one', promisedBefore: asBefore, jobs: notStarted,
    published: (assets) => rmSync(assets, { recursive: true }),
    says: [/::error::what was released as v0\.9\.0 cannot be downloaded: release not found$/m] },
  { name: 'so does one without an executable', promisedBefore: asBefore, jobs: notStarted, published: remove('agent-runner-darwin-arm64'),
    says: [/::error::v0\.9\.0 was released without agent-runner-darwin-arm64, which its SHA256SUMS names: upload there what /m] },
  { name: 'so does one without a report', promisedBefore: asBefore, jobs: notStarted, published: remove(archive('linux-arm64')),
    says: [/::error::v0\.9\.0 was released without frostgate-report-linux-arm64\.tar\.gz, so nobody knows what was verified then: /m] },
  { name: 'so does one of other bytes', promisedBefore: asBefore, jobs: notStarted,
    published: (assets) => appendFileSync(join(assets, 'agent-runner-linux-amd64'), '\0'),
    says: [/::error::agent-runner-linux-amd64 of v0\.9\.0 is not what was verified then: it has sha256 \w{12}, its report \w{12}$/m] },
  { name: 'so does one whose report is of another platform', promisedBefore: asBefore, jobs: notStarted,
    published: (assets) => cpSync(join(assets, archive('linux-arm64')), join(assets, archive('linux-amd64'))),
    says: [/::error::frostgate-report-linux-amd64\.tar\.gz of v0\.9\.0 is about linux-arm64: upload there the report of linux-amd64$/m] },
  { name: 'a contract that promises less than the last one is not', jobs: blocked,
    promisedBefore: (contract) => contract.replace('cpuPercent: 5', 'cpuPercent: 4'),
    says: [/weaker-contract +The contract .*\n? .*regression\.cpuPercent was 4, is 5/] },
  { name: 'an executable that changed after its verification is not', before: ['gate', addByte('agent-runner-linux-arm64')], jobs: blocked,
    says: [/stale +linux-arm64: dist\/agent-runner-linux-arm64 /] },
  { name: 'two executables, swapped, are not', before: ['gate', swap('agent-runner-darwin-amd64', 'agent-runner-darwin-arm64')],
    jobs: { 'attest-tests': 'failure', release: 'skipped' }, signed: 5, says: [/the report of this platform is about another executable/] },
  { name: 'an executable that changed after the gate is not', before: ['release', addByte('agent-runner-darwin-amd64')],
    jobs: { release: 'failure' }, says: [/agent-runner-darwin-amd64: FAILED/] },
  { name: 'a platform that could not be built is not', before: ['verify', remove('agent-runner-windows-amd64')],
    jobs: { ...blocked, verify: 'failure' }, says: [/artifact not found for name: agent-runner-windows/, /missing +windows-amd64: /] },
  { name: 'a version that the contract does not promise is not built', version: '9.9.9', jobs: notStarted,
    says: [/asked to release 9\.9\.9, but the contract promises version 1\.0\.0/] },
  { name: 'a version that is none is not built', version: '1.0.0; echo "::set-env"', jobs: notStarted,
    says: [/expected a version such as 1\.0\.0, got 1\.0\.0\\;/] },
];

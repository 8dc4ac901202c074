import { appendFileSync, renameSync, rmSync } from 'node:fs';
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
  /** The contract of an earlier tag, made from the one of this release. */
  readonly promisedBefore?: (contract: string) => string;
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
const ofOtherCommit = (platform: string, report: Report): Report =>
  (platform === 'windows-amd64' ? { ...report, platform: { ...report.platform, commit: '0'.repeat(40) } } : report);

export const scenarios: readonly Scenario[] = [
  { name: 'a good release is tagged', jobs: {}, says: [] },
  { name: 'an executable that dies at its start is not', sabotage: 'no-sandbox-module', jobs: { ...blocked, verify: 'failure' },
    says: [/FAIL startup\.ready/, /TW-17/, /red +linux-amd64: /] },
  { name: 'a platform without a report is not', before: ['gate', remove('frostgate-report-darwin-arm64')], jobs: blocked,
    says: [/missing +darwin-arm64: /] },
  { name: 'a report of another commit is not', reports: ofOtherCommit, jobs: blocked, says: [/stale +windows-amd64: .*000000000000/] },
  { name: 'a contract that promises as much as the last one is', promisedBefore: (contract) => contract, jobs: {}, says: [] },
  { name: 'a contract that promises less than the last one is not', jobs: blocked,
    promisedBefore: (contract) => contract.replace('readySeconds: 10', 'readySeconds: 8'),
    says: [/weaker-contract +The contract .*\n? .*budgets\.readySeconds was 8, is 10/] },
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

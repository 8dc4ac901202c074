import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../harness/model/report.ts';
import type { Value } from './expression.ts';
import type { JobResult } from './run-workflow.ts';
import type { World } from './world.ts';

/** A release as it can go, and how the workflow must take it. */
export type Scenario = {
  readonly name: string;
  /** What the release is asked with. */
  readonly asked?: Readonly<Record<string, Value>>;
  /** This machine's platform is verified in earnest; else the report of the first release is handed in again. */
  readonly verified?: true;
  /** A defective executable that is built in place of the good one; one that is defective under any name. */
  readonly sabotage?: string;
  /** A change to what another platform's run reports. */
  readonly reports?: (platform: string, report: Report) => Report;
  /** What happens to the world before a leg of a job runs. */
  readonly before?: (jobId: string, world: World) => void;
  /** How every job ends. */
  readonly jobs: Readonly<Record<string, JobResult['result']>>;
  /** What the steps that failed must say. */
  readonly says?: readonly RegExp[];
};

const green = {
  request: 'success', build: 'success', verify: 'success', gate: 'success', 'attest-tests': 'success', 'attest-release': 'success',
  release: 'success',
} as const;
const unreleased = { 'attest-tests': 'skipped', 'attest-release': 'skipped', release: 'skipped' } as const;
const blocked = { ...green, gate: 'failure', ...unreleased } as const;
const notStarted = { ...blocked, request: 'failure', build: 'skipped', verify: 'skipped', gate: 'skipped' } as const;

const once = (wanted: string, change: (world: World) => void) => {
  let done = false;
  return (jobId: string, world: World): void => {
    if (done || jobId !== wanted) return;
    done = true;
    change(world);
  };
};

const addByte = (artifact: string, file = artifact) => (world: World) => appendFileSync(join(world.artifacts.at(artifact), file), '\0');

/** The first is the good one: its reports are recorded, and the others use them. */
export const scenarios: readonly Scenario[] = [
  { name: 'a good release is tagged', verified: true, jobs: green },
  {
    name: 'an executable that dies at its start is not',
    verified: true,
    sabotage: 'no-sandbox-module',
    jobs: { ...blocked, verify: 'failure' },
    says: [/FAIL startup\.ready/, /TW-17/, /red +linux-amd64: /],
  },
  {
    name: 'a platform without a report is not',
    before: once('gate', (world) => world.artifacts.remove('frostgate-report-darwin-arm64')),
    jobs: blocked,
    says: [/missing +darwin-arm64: /],
  },
  {
    name: 'a report of another commit is not',
    reports: (platform, report) =>
      (platform === 'windows-amd64' ? { ...report, platform: { ...report.platform, commit: '0'.repeat(40) } } : report),
    jobs: blocked,
    says: [/stale +windows-amd64: .*000000000000/],
  },
  {
    name: 'an executable that changed after its verification is not',
    before: once('gate', addByte('agent-runner-linux-arm64')),
    jobs: blocked,
    says: [/stale +linux-arm64: dist\/agent-runner-linux-arm64 /],
  },
  {
    name: 'an executable that changed after the gate is not',
    before: once('release', addByte('agent-runner-darwin-amd64')),
    jobs: { ...green, release: 'failure' },
    says: [/agent-runner-darwin-amd64: FAILED/],
  },
  {
    name: 'a platform that could not be built is not',
    before: once('verify', (world) => world.artifacts.remove('agent-runner-windows-amd64')),
    jobs: { ...blocked, verify: 'failure' },
    says: [/artifact not found for name: agent-runner-windows-amd64/, /missing +windows-amd64: /],
  },
  {
    name: 'a version that the contract does not promise is not built',
    asked: { version: '9.9.9' },
    jobs: notStarted,
    says: [/asked to release 9\.9\.9, but the contract promises version 1\.0\.0/],
  },
  {
    name: 'a version that is none is not built',
    asked: { version: '1.0.0; echo "::set-env"' },
    jobs: notStarted,
    says: [/expected a version such as 1\.0\.0, got 1\.0\.0\\;/],
  },
];

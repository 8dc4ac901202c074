import { contractText, freshReport, rejudged, withCheck } from './sample.testing.ts';
import type { Report } from '../model/report.ts';
import { sha256Of } from './read/regular-file.ts';
import { keyPair } from './signed.testing.ts';
import { argumentsOf, type Situation } from './situation.testing.ts';

const arm = freshReport('linux-arm64');
const mac = freshReport('darwin-arm64');
const claims = 'contradictory: linux-arm64: its report claims what its run cannot have done:';

/** A changed report that is blocked by these sentences. */
function planted(name: string, report: Report, ...blocks: string[]): Situation {
  const exit = blocks.every((block) => block.startsWith('inconclusive:')) ? 3 : 1;
  return { name, plant: (release) => void release.report('linux-arm64', report), blocks, exit };
}

function skipping(...ids: readonly string[]): Report {
  return rejudged({ ...arm, checks: arm.checks.map((check) => (
    ids.includes(check.id) ? { ...check, outcome: 'not-applicable' as const, reason: 'the contract names nothing' } : check
  )) });
}

function measuring(change: (one: Report['measurements'][number]) => Partial<Report['measurements'][number]>): Report {
  return { ...arm, measurements: arm.measurements.map((one) => ({ ...one, ...change(one) })) };
}

const other = contractText.replace('worker: agent-runner', 'worker: clerk');
const onLinux = other.replace(/platforms: .*/, 'platforms: [linux-amd64]');

/** What a report claims, held against its contract, its own run and the reports beside it. */
export const claimSituations: readonly Situation[] = [
  planted(
    'checks that the contract promises are said not to be applicable',
    skipping('environment.ANTHROPIC_API_KEY.honoured', 'artifact.version', 'bundle.native-floor', 'execution.requests'),
    'not-applicable: linux-arm64: artifact.version, bundle.native-floor, execution.requests and # more are not applicable, but the ' +
      'contract has what they judge. Verify again with this version of frostgate.',
    'not-applicable: linux-arm64: artifact.version, bundle.native-floor, execution.requests and # more are not applicable (the contract ' +
      'names nothing), but ran on linux-amd64, the same system. Give this machine what it lacks and verify again.',
  ),
  planted(
    'there was no baseline, though the contract has a source',
    rejudged({ ...arm, baseline: null, baselineAbsent: 'none was given', measurements: arm.measurements.filter(
      ({ variant }) => variant !== 'baseline',
    ) }),
    'inconclusive: linux-arm64: it was verified without a baseline, although its contract has a source: nothing of it was compared with ' +
      'the worker as it runs from there. Verify again with --baseline.',
  ),
  planted(
    'a check passed and compared nothing', withCheck(arm, 'bundle.versions', { compared: { count: 0, what: 'distributions' } }),
    `${claims} bundle.versions passed and compared nothing. Verify again.`,
  ),
  planted(
    'samples are missing', measuring(({ metric, variant, samples, median }) => (
      metric === 'performance.ready' && variant === 'subject' ? { samples: samples.slice(0, 1), median: samples[0] ?? median } : {}
    )),
    `${claims} performance.ready has 1 sample of the subject, a run of profile full takes 5. Verify again.`,
  ),
  planted(
    'the baseline was measured less often', measuring(({ metric, variant, samples }) => (
      metric === 'performance.disk' && variant === 'baseline' ? { samples: samples.slice(0, 1) } : {}
    )),
    `${claims} performance.disk has 1 sample of the baseline, a run of profile full takes 3. Verify again.`,
  ),
  planted(
    'fewer launches than samples', { ...arm, tool: { ...arm.tool, launches: { ...arm.tool.launches, subject: 3 } } },
    `${claims} it measured 8 launches of the subject and began 3. Verify again.`,
  ),
  planted(
    'a run of a second', { ...arm, tool: { ...arm.tool, startedAt: new Date(Date.parse(arm.tool.endedAt) - 1_000).toISOString() } },
    `${claims} its phases take 84000 ms, the run 1000 ms, and # more such. Verify again.`,
  ),
  planted(
    'a check that took longer than the run', withCheck(arm, 'startup.ready', { durationMs: 9_000_000 }),
    `${claims} startup.ready took 9000000 ms, the run 84000 ms. Verify again.`,
  ),
  {
    name: "one platform's report is told as another's, with its machine",
    plant: (release) => {
      release.report('darwin-arm64', {
        ...arm, platform: mac.platform, subject: arm.subject && { ...arm.subject, platforms: ['darwin-arm64'] },
      });
      return argumentsOf(release, { artifacts: false });
    },
    blocks: [
      'foreign-binary: the reports of darwin-arm64 and linux-arm64 hold one executable (reports/darwin-arm64/report.json and ' +
        'reports/linux-arm64/report.json). One run is about one platform: verify each on a machine of its own.',
      'foreign-binary: the reports of darwin-arm64 and linux-arm64 hold the same measurements, to the last digit ' +
        '(reports/darwin-arm64/report.json and reports/linux-arm64/report.json). One run is about one platform: verify each on a machine ' +
        'of its own.',
      'foreign-binary: darwin-arm64: its executable is ELF, and one of darwin-arm64 is Mach-O. Verify the executable that was built for ' +
        'it.',
    ],
    exit: 1,
  },
  {
    name: 'it ended before it began',
    plant: (release) => void release.report('linux-arm64', {
      ...arm, tool: { ...arm.tool, startedAt: new Date(Date.now() - 60_000).toISOString() },
    }),
    blocks: [
      'clock: linux-arm64: its run ended (<time>) before it began (<time>). Set the clock of its machine and verify again.',
    ],
    exit: 3,
  },
  {
    name: 'it is of a run of last year',
    plant: (release) => void release.report('linux-arm64', { ...arm, tool: {
      ...arm.tool, startedAt: '2025-11-20T12:00:00Z', endedAt: '2025-11-20T12:01:24Z',
    } }),
    blocks: [
      'stale: linux-arm64: its run ended at <time>, more than 30 days ago. A report holds for so long: verify again.',
    ],
    exit: 1,
  },
  {
    name: 'signatures are required, and there is none',
    plant: (release) => argumentsOf(release, {
      require: 'linux-arm64', reports: [release.path('reports/linux-arm64')], artifacts: false,
      more: ['--require-signed', '--trusted-key', release.file('release.pub', keyPair().pem)],
    }),
    blocks: [
      'unsigned: linux-arm64: its report has no signature that counts: no test-result.sigstore.json lies beside it. Sign the test result ' +
        'that the verification wrote, where it was written.',
    ],
    exit: 1,
  },
  {
    name: 'the project was not as committed',
    plant: (release) => void release.report('linux-arm64', { ...arm, platform: { ...arm.platform, dirty: ['worker/main.py'] } }),
    blocks: [
      "stale: linux-arm64: its worker's project was not as committed (worker/main.py). Build and verify a clean checkout.",
    ],
    exit: 1,
  },
  {
    name: 'a second worker of the release has no report',
    plant: (release) => [...argumentsOf(release), '--contract', release.file('clerk.yaml', other)],
    blocks: [
      'missing: clerk/linux-amd64: it is required and has no report. Verify on such a machine and hand its report to the gate.',
      'missing: clerk/linux-arm64: it is required and has no report. Verify on such a machine and hand its report to the gate.',
      'missing: clerk/darwin-arm64: it is required and has no report. Verify on such a machine and hand its report to the gate.',
    ],
    exit: 1,
  },
  {
    name: 'the baseline has nothing of a kind, on every platform',
    plant: (release) => {
      const none = { outcome: 'not-applicable', reason: 'the baseline opens no file' } as const;
      for (const id of ['linux-amd64', 'linux-arm64', 'darwin-arm64']) release.report(id, withCheck(freshReport(id), 'bundle.data', none));
    },
    blocks: [],
    exit: 0,
  },
  {
    name: 'two workers, each with its reports',
    plant: (release) => {
      for (const platform of ['linux-amd64', 'linux-arm64', 'darwin-arm64']) {
        const report = freshReport(platform);
        release.report(`clerk-${platform}`, { ...report, contract: { file: 'clerk.yaml', sha256: sha256Of(other), worker: 'clerk' } });
      }
      return [...argumentsOf(release), '--contract', release.file('clerk.yaml', other)];
    },
    blocks: [],
    exit: 0,
  },
  {
    name: 'a report is of a worker whose contract was not given',
    plant: (release) => {
      release.report('linux-arm64', { ...arm, contract: arm.contract && { ...arm.contract, worker: 'porter' } });
      return [...argumentsOf(release, { artifacts: false }), '--contract', release.file('clerk.yaml', onLinux)];
    },
    blocks: [
      'not-required: linux-arm64: its report (reports/linux-arm64/report.json) is about the worker porter, and contracts were given of ' +
        'agent-runner and clerk. Give the contract of each worker of the release, or leave the report out.',
      'missing: agent-runner/linux-arm64: it is required and has no report. Verify on such a machine and hand its report to the gate.',
      'missing: clerk/linux-amd64: it is required and has no report. Verify on such a machine and hand its report to the gate.',
    ],
    exit: 1,
  },
];

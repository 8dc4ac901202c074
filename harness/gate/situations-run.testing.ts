import { freshReport, rejudged, withCheck } from './sample.testing.ts';
import { argumentsOf, type Situation } from './situation.testing.ts';

const arm = freshReport('linux-arm64');
const failing = withCheck(arm, 'execution.failure', { outcome: 'fail', reason: 'the failure lost its type' });

/** What the run of one platform said, and what it left out. */
export const runSituations: readonly Situation[] = [
  {
    name: 'a check failed',
    plant: (release) => void release.report('linux-arm64', failing),
    blocks: [
      'red: linux-arm64: execution.failure failed (the failure lost its type). Its report (reports/linux-arm64/report.json) tells the ' +
        'remedy: repair the worker, build and verify it again.',
    ],
    exit: 1,
  },
  {
    name: 'a check failed and a finding tells why',
    plant: (release) =>
      void release.report(
        'linux-arm64',
        {
          ...failing,
          findings: [
            {
              hazard: 'TW-18', args: {}, cause: "PyInstaller's importer calls open().", remedy: 'x', line: 'y', source: 'z',
              explains: ['execution.failure'],
            },
          ],
        },
      ),
    blocks: [
      `red: linux-arm64: execution.failure failed (PyInstaller's importer calls open().). Its report (reports/linux-arm64/report.json) ` +
        'tells the remedy: repair the worker, build and verify it again.',
    ],
    exit: 1,
  },
  {
    name: 'a check could not judge',
    plant: (release) => void release.report(
      'linux-arm64', withCheck(arm, 'shutdown.survivors', { outcome: 'inconclusive', reason: 'the machine was too busy' }),
    ),
    blocks: [
      'inconclusive: linux-arm64: shutdown.survivors could not be judged (the machine was too busy). Give the run what it lacked and ' +
        'verify again: this is no pass.',
    ],
    exit: 3,
  },
  {
    name: 'no contract was given to the run',
    plant: (release) => void release.report('linux-arm64', rejudged({ ...arm, contract: null })),
    blocks: [
      'inconclusive: linux-arm64: it was verified without a contract, so that most promises were not looked at. Write a ' +
        'worker-contract.yaml and verify again.',
    ],
    exit: 3,
  },
  {
    name: 'the server failed',
    plant: (release) => {
      const checks = arm.checks.map((check) => (check.area === 'artifact' || check.area === 'bundle' ? check : {
        ...check, outcome: 'inconclusive' as const, reason: 'there is no Temporal server',
      }));
      release.report('linux-arm64', rejudged({ ...arm, checks, warnings: ['the Temporal dev server did not start: no license'] }));
    },
    blocks: [
      'inconclusive: linux-arm64: startup.ready, startup.clean-log, startup.network and # more could not be judged (there is no ' +
        'Temporal server). Give the run what it lacked and verify again: this is no pass.',
      'infrastructure: linux-arm64: something beside the executable went wrong in its run: the Temporal dev server did not start: no ' +
        'license. Repair that and verify again.',
    ],
    exit: 3,
  },
  {
    name: 'a hook failed outside the checks',
    plant: (release) => void release.report('linux-arm64', {
      ...arm, warnings: ['Error: boom in afterAll'], verdict: { outcome: 'fail', decidedBy: [], sentence: 'An error outside the checks.' },
    }),
    blocks: [
      'errors: linux-arm64: an error happened outside its checks: Error: boom in afterAll. Repair it and verify again.',
    ],
    exit: 1,
  },
  {
    name: 'a partial run',
    plant: (release) => {
      const checks = arm.checks.filter(({ area }) => area === 'artifact');
      release.report('linux-arm64', rejudged({
        ...arm, checks, expectedIds: checks.map(({ id }) => id), measurements: [], partial: ['--only artifact'],
      }));
    },
    blocks: [
      'partial: linux-arm64: its run was partial (--only artifact). A release needs a whole one: verify again without that.',
    ],
    exit: 1,
  },
  {
    name: 'a quick run that does not own up to it',
    plant: (release) => void release.report('linux-arm64', { ...arm, tool: { ...arm.tool, profile: 'quick' } }),
    blocks: [
      'partial: linux-arm64: its run was partial (--profile quick). A release needs a whole one: verify again without that.',
    ],
    exit: 1,
  },
  {
    name: 'a soak is asked for, and one platform has none, one a short one and one a whole one',
    plant: (release) => {
      const soak = (platform: string, idleMs: number) => {
        const report = freshReport(platform);
        release.report(platform, { ...report, tool: { ...report.tool, profile: 'soak' }, endurance: { executions: 2_000, idleMs } });
      };
      soak('linux-amd64', 600_000);
      soak('darwin-arm64', 60_000);
      return argumentsOf(release, { more: ['--profile', 'soak'] });
    },
    blocks: [
      'partial: linux-arm64: its run was no whole soak: profile full, 200 executions after 0.9 minutes idle, and --profile soak asks for ' +
        '2000 after 10. Verify again with --profile soak.',
      'partial: darwin-arm64: its run was no whole soak: profile soak, 2000 executions after 1.0 minutes idle, and --profile soak asks ' +
        'for 2000 after 10. Verify again with --profile soak.',
    ],
    exit: 1,
  },
  {
    name: 'a soak is more than a full run',
    plant: (release) => void release.report('linux-arm64', { ...arm, tool: { ...arm.tool, profile: 'soak' } }),
    blocks: [],
    exit: 0,
  },
  {
    name: 'an interrupted run',
    plant: (release) => {
      const checks = arm.checks.filter(({ area }) => area !== 'performance');
      release.report('linux-arm64', rejudged({ ...arm, checks, measurements: [], interrupted: 'SIGTERM' }));
    },
    blocks: [
      'interrupted: linux-arm64: its run was interrupted by SIGTERM, # checks never ran. Verify again and let it end.',
    ],
    exit: 3,
  },
  {
    name: 'interrupted after the last check',
    plant: (release) => void release.report('linux-arm64', rejudged({ ...arm, interrupted: 'SIGINT' })),
    blocks: [
      'interrupted: linux-arm64: its run was interrupted by SIGINT. Verify again and let it end.',
    ],
    exit: 3,
  },
  {
    name: 'a report without checks that calls itself a pass',
    plant: (release) => void release.report('linux-arm64', { ...arm, checks: [], expectedIds: [], measurements: [] }),
    blocks: [
      'no-checks: linux-arm64: its report holds no check. A report of nothing proves nothing: verify again.',
      'incomplete: linux-arm64: # checks that it owes have no answer: artifact.format, artifact.architecture, artifact.size and # ' +
        'more. Verify again with this version of frostgate, without --only.',
      'tampered: linux-arm64: its report says pass, its checks say fail: No check ran. It was changed after it was written: verify again.',
    ],
    exit: 1,
  },
  {
    name: 'an owed check has no answer, and the verdict was written by hand',
    plant: (release) => void release.report('linux-arm64', { ...arm, checks: arm.checks.filter(({ id }) => id !== 'shutdown.survivors') }),
    blocks: [
      'incomplete: linux-arm64: # checks that it owes has no answer: shutdown.survivors. Verify again with this version of frostgate, ' +
        'without --only.',
      'tampered: linux-arm64: its report says pass, its checks say fail: # checks passed, 1 never ran: shutdown.survivors, 1 not ' +
        'applicable. It was changed after it was written: verify again.',
    ],
    exit: 1,
  },
  {
    name: 'a check was taken out of the report and out of what it owes',
    plant: (release) => {
      const id = 'execution.answers-with-the-models-reply';
      release.report('linux-arm64', rejudged({
        ...arm, checks: arm.checks.filter((check) => check.id !== id), expectedIds: arm.expectedIds.filter((owed) => owed !== id),
      }));
    },
    blocks: [
      'incomplete: linux-arm64: # checks that it owes has no answer: execution.answers-with-the-models-reply. Verify again with this ' +
        'version of frostgate, without --only.',
    ],
    exit: 1,
  },
  {
    name: 'one check twice',
    plant: (release) => void release.report(
      'linux-arm64', rejudged({ ...arm, checks: [...arm.checks, ...arm.checks.filter(({ id }) => id === 'artifact.help')] }),
    ),
    blocks: [
      'duplicate-check: linux-arm64: artifact.help stands twice in its report. One run answers once: verify again.',
    ],
    exit: 1,
  },
  {
    name: 'not applicable without a reason',
    plant: (release) => void release.report(
      'linux-arm64', withCheck(arm, 'environment.MODE.honoured', { outcome: 'not-applicable', reason: ' ' }),
    ),
    blocks: [
      'not-applicable: linux-arm64: environment.MODE.honoured is not applicable without a reason. A skip without a reason counts as ' +
        'not run: verify again.',
    ],
    exit: 1,
  },
  {
    name: 'what can never be not applicable',
    plant: (release) => void release.report('darwin-arm64', withCheck(
      freshReport('darwin-arm64'), 'startup.ready', { outcome: 'not-applicable', reason: 'no server on a Mac' },
    )),
    blocks: [
      'not-applicable: darwin-arm64: startup.ready cannot be not applicable on any platform. Verify again on a machine of this platform.',
    ],
    exit: 1,
  },
];

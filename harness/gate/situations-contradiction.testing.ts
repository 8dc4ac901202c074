import { readFileSync } from 'node:fs';
import type { Report } from '../model/report.ts';
import { freshReport, rejudged, withCheck } from './sample.testing.ts';
import type { ReleaseOnDisk } from './release.testing.ts';
import { argumentsOf, type Situation } from './situation.testing.ts';

const arm = freshReport('linux-arm64');
const itself = 'contradictory: linux-arm64: its report contradicts itself:';
const contract = 'contradictory: linux-arm64: its report contradicts the contract:';

/** A changed report that is blocked by these sentences. */
function planted(name: string, report: Report, ...blocks: string[]): Situation {
  return { name, plant: (release) => void release.report('linux-arm64', report), blocks, exit: 1 };
}

/** The report without some members of one check. */
function lacking(id: string, ...names: ('value' | 'limit' | 'unit')[]): Report {
  const report = structuredClone(arm);
  for (const check of report.checks) if (check.id === id) for (const name of names) Reflect.deleteProperty(check, name);
  return report;
}

function skipping(ids: (id: string) => boolean): Report {
  return rejudged({
    ...arm, checks: arm.checks.map((check) => (ids(check.id) ? { ...check, outcome: 'not-applicable' as const, reason: 'no' } : check)),
  });
}

function without(ids: (id: string) => boolean): Report {
  return rejudged({ ...arm, checks: arm.checks.filter(({ id }) => !ids(id)), expectedIds: arm.expectedIds.filter((id) => !ids(id)) });
}

function memory(samples: number[], median: number): Report {
  return { ...withCheck(arm, 'performance.memory', { value: median }), measurements: arm.measurements.map(
    (one) => (one.metric === 'performance.memory' && one.variant === 'subject' ? { ...one, samples, median } : one),
  ) };
}

/** Only this report, and nobody hands over the contract: nothing can be told from other platforms. */
function alone(release: ReleaseOnDisk, report: Report): string[] {
  return argumentsOf(
    release, { reports: [release.report('linux-arm64', report)], require: 'linux-arm64', contract: false, artifacts: false },
  );
}

/** What may not be not applicable, and reports whose release speak against the checks that passed. */
export const contradictionSituations: readonly Situation[] = [
  {
    name: 'a promise is said not to apply, on every platform alike',
    plant: (release) => alone(release, skipping((id) => id === 'execution.every-activity' || id === 'shutdown.survivors')),
    blocks: ['not-applicable: linux-arm64: execution.every-activity and shutdown.survivors cannot be not applicable on any platform. ' +
      'Verify again on a machine of this platform.'],
    exit: 1,
  },
  {
    name: 'nothing of an area was verified',
    plant: (release) => alone(release, skipping((id) => id.startsWith('environment.') && id !== 'environment.secrets')),
    blocks: ['not-applicable: linux-arm64: nothing of environment was verified: every check there is not applicable. Say in the ' +
      'contract where its effects can be seen (reaches) and verify again.'],
    exit: 1,
  },
  {
    name: 'what is inside was not looked at, although it can be listed',
    plant: (release) => alone(release, skipping((id) => id === 'bundle.secrets' || id === 'bundle.modules')),
    blocks: ['not-applicable: linux-arm64: bundle.secrets and bundle.modules cannot be not applicable on any platform. Verify again on ' +
      'a machine of this platform.'],
    exit: 1,
  },
  {
    name: 'what is inside was not looked at, and the report hides that PyInstaller made it',
    plant: (release) => alone(release, { ...skipping((id) => id.startsWith('bundle.')), contents: null }),
    blocks: ['not-applicable: linux-arm64: bundle.native-architecture, bundle.secrets, bundle.versions and # more cannot be not ' +
      'applicable on any platform. Verify again on a machine of this platform.'],
    exit: 1,
  },
  {
    name: 'the check for secrets is not applicable and the contract is not there to agree',
    plant: (release) => alone(release, skipping((id) => id === 'environment.secrets')),
    blocks: ['not-applicable: linux-arm64: environment.secrets is not applicable, which only a contract without a secret allows. Name ' +
      'the contract with --contract.'],
    exit: 1,
  },
  {
    name: 'the check for secrets is not applicable and the contract names one',
    plant: (release) => [
      ...alone(release, skipping((id) => id === 'environment.secrets')), '--contract', release.path('worker-contract.yaml'),
    ],
    blocks: ['not-applicable: linux-arm64: environment.secrets is not applicable, but the contract names a secret (ANTHROPIC_API_KEY). ' +
      'Verify again.'],
    exit: 1,
  },
  {
    name: 'what a contract can leave out is not applicable',
    plant: (release) => alone(
      release, skipping((id) => ['registration.sdk', 'artifact.version', 'artifact.help', 'performance.version'].includes(id)),
    ),
    blocks: [],
    exit: 0,
  },
  {
    name: 'no stop by a signal was tried, and the contract is not there to tell',
    plant: (release) => alone(release, without((id) => id.endsWith('.parent.idle'))),
    blocks: ['incomplete: linux-arm64: no check in it says how the worker ends by a signal (shutdown.sigterm.parent.idle or ' +
      'shutdown.sigint.parent.idle). Verify again with this version of frostgate, or name the contract with --contract.'],
    exit: 1,
  },
  planted('a budget was kept without a value', lacking('startup.ready', 'value'), `${itself} startup.ready passed without a value. ` +
    'Verify again.'),
  planted('a budget was kept in another unit', withCheck(arm, 'startup.ready', { unit: 's' }), `${itself} startup.ready is in s, its ` +
    'budget is in ms. Verify again.'),
  planted('a budget was kept in no unit', lacking('performance.disk', 'unit'), `${itself} performance.disk is in no unit, its budget ` +
    'is in bytes. Verify again.'),
  planted('a limit is not there, told in the unit of the budget', lacking('artifact.size', 'limit', 'unit'), `${itself} artifact.size ` +
    'was judged by no limit, the contract says 100 MB, and # more such. Verify again.'),
  {
    name: 'a limit is not there, nor the contract',
    plant: (release) => alone(release, lacking('startup.ready', 'limit')),
    blocks: [`${itself} startup.ready passed without a limit. Verify again.`],
    exit: 1,
  },
  planted('a negative value', withCheck(arm, 'startup.ready', { value: -1 }), `${itself} startup.ready has the value -1. Verify again.`),
  planted('a negative sample', memory([-1, 2, 3], 2), `${itself} performance.memory of subject holds -1 bytes. Verify again.`),
  planted('a performance without its measurement', {
    ...arm, measurements: arm.measurements.filter(({ metric }) => metric !== 'performance.ready'),
  }, `${itself} performance.ready passed without a measurement. Verify again.`),
  planted('a performance measured in another unit', {
    ...arm, measurements: arm.measurements.map((one) => (one.metric === 'performance.ready' ? { ...one, unit: 's' } : one)),
  }, `${itself} performance.ready was measured in s, its budget is in ms. Verify again.`),
  planted('the size of another file', withCheck(arm, 'artifact.size', { value: 1 }), `${itself} artifact.size was judged by 1 bytes, ` +
    `the executable has ${arm.subject?.sizeBytes}. Verify again.`),
  planted('no server, and it was ready', { ...arm, server: null }, `${itself} it had no Temporal server, and startup.ready, ` +
    'startup.clean-log, startup.network and # more passed. Verify again.'),
  planted('never started, and it was ready', {
    ...arm, tool: { ...arm.tool, launches: { subject: 0, baseline: 0, busyMs: 0 } },
  }, `${itself} the executable was never started, and startup.ready passed. Verify again.`),
  ...[['--only', 'artifact'], ['--only=artifact'], ['--profile', 'quick'], ['--profile=quick']].map((words) =>
    planted(
      `started with ${words.join(' ')} and calls itself whole`,
      { ...arm, tool: { ...arm.tool, commandLine: ['npm', 'test', '--', ...words] } },
      `${itself} it was started with ${words[0]?.startsWith('--only') ? '--only' : '--profile quick'} and calls itself whole. Verify ` +
        'again without that.',
    ),
  ),
  {
    name: 'another worker by the same contract',
    plant: (release) => [...alone(
      release, { ...arm, contract: arm.contract && { ...arm.contract, worker: 'other' } },
    ), '--contract', release.path('worker-contract.yaml')],
    blocks: [`${contract} it is about the worker other, the contract about agent-runner. Verify again.`],
    exit: 1,
  },
  {
    name: 'the version is not that of the contract',
    plant: (release) => [...alone(release, freshReport('linux-arm64', '1.1.0')), '--contract', release.path('worker-contract.yaml')],
    blocks: [`${contract} artifact.version passed with agent-runner 1.1.0, the contract says 1.0.0. Verify again.`],
    exit: 1,
  },
  {
    name: 'a check that the contract does not give',
    plant: (release) => [...alone(release, rejudged({ ...arm, checks: [
      ...arm.checks, ...arm.checks.filter(({ id }) => id === 'execution.failure').map((check) => ({ ...check, id: 'execution.invented' })),
    ] })), '--contract', release.path('worker-contract.yaml')],
    blocks: [`${contract} it answers execution.invented, which the contract does not give. Verify again with this version of frostgate.`],
    exit: 1,
  },
  {
    name: 'a key occurs twice, so that two readers see two verdicts',
    plant: (release) => {
      const json = readFileSync(release.path('reports/linux-arm64/report.json'), 'utf8');
      release.file('reports/linux-arm64/report.json', json.replace('{', '{ "verd\\u0069ct": { "outcome": "fail" },'));
    },
    blocks: [
      'unreadable: reports/linux-arm64/report.json cannot be read: a key occurs twice in it (verdict), so that it says two things. ' +
        'Verify again, or hand over the report as it was written.',
      'unreadable: linux-arm64: it is required, and none of the reports that can be read is about it. Verify again.',
    ],
    exit: 3,
  },
];

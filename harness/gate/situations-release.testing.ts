import { mkdirSync, rmSync } from 'node:fs';
import { contractText, freshReport, rejudged, withCheck } from './sample.testing.ts';
import { sha256Of } from './read/regular-file.ts';
import { argumentsOf, type Situation } from './situation.testing.ts';

const arm = freshReport('linux-arm64');

/** Situations of a release as a whole: reports and platforms that do not belong together. */
export const releaseSituations: readonly Situation[] = [
  { name: 'the good release', plant: () => {}, blocks: [], exit: 0 },
  {
    name: 'a report is named twice, as its file and in its folder',
    plant: (release) => argumentsOf(release, { reports: [release.path('reports'), release.path('reports/linux-arm64/report.json')] }),
    blocks: [],
    exit: 0,
  },
  {
    name: 'one report is missing and two are unreadable',
    plant: (release) => {
      rmSync(release.path('reports/linux-arm64'), { recursive: true });
      for (const platform of ['linux-amd64', 'darwin-arm64']) release.file(`reports/${platform}/report.json`, '{');
    },
    blocks: [
      'missing: linux-arm64: it is required and has no report. Verify on such a machine and hand its report to the gate.',
      'unreadable: reports/darwin-arm64/report.json cannot be read: it is not whole JSON (#). Verify again, or hand over the report as ' +
        'it was written.',
      'unreadable: reports/linux-amd64/report.json cannot be read: it is not whole JSON (#). Verify again, or hand over the report as ' +
        'it was written.',
      'unreadable: linux-amd64: it is required, and none of the reports that can be read is about it. Verify again.',
      'unreadable: darwin-arm64: it is required, and none of the reports that can be read is about it. Verify again.',
    ],
    exit: 1,
  },
  {
    name: 'paths that lead to no report',
    plant: (release) => {
      mkdirSync(release.path('empty'));
      return argumentsOf(release, { reports: [release.path('reports'), release.path('nowhere'), release.path('empty')] });
    },
    blocks: [
      'missing: nowhere leads to no report: there is no such file. Name the report.json that the verification has written, or its folder.',
      'missing: empty leads to no report: it holds no report.json, neither itself nor in a folder in it. Name the report.json that the ' +
        'verification has written, or its folder.',
    ],
    exit: 1,
  },
  {
    name: 'two reports of one platform',
    plant: (release) => void release.report('again', freshReport('linux-arm64')),
    blocks: [
      'duplicate: linux-arm64: it has 2 reports (reports/again/report.json and reports/linux-arm64/report.json). Hand over one: that ' +
        'of the executable to be released.',
    ],
    exit: 1,
  },
  {
    name: 'a report of a platform that nobody requires',
    plant: (release) => void release.report('windows-amd64'),
    blocks: [
      'not-required: windows-amd64: it has a report (reports/windows-amd64/report.json) and is not required. What is handed over ' +
        'counts: add windows-amd64 to --require, or leave the report out.',
    ],
    exit: 1,
  },
  {
    name: 'a report about another commit, and one that names none',
    plant: (release) => {
      release.report('linux-arm64', { ...arm, platform: { ...arm.platform, commit: 'f'.repeat(40) } });
      const { commit: _, ...platform } = freshReport('darwin-arm64').platform;
      release.report('darwin-arm64', { ...freshReport('darwin-arm64'), platform });
    },
    blocks: [
      'stale: linux-arm64: its report is about commit #…, to be released is 4f2c9d1e7a. Build and verify that commit.',
      'stale: darwin-arm64: its report does not say which commit it is about, to be released is 4f2c9d1e7a. Build and verify that commit.',
    ],
    exit: 1,
  },
  {
    name: 'reports of two commits and nobody says which one counts',
    plant: (release) => {
      release.report('linux-arm64', { ...arm, platform: { ...arm.platform, commit: 'f'.repeat(40) } });
      return argumentsOf(release, { commit: false });
    },
    blocks: [
      'mixed: the platforms were verified with different commits: darwin-arm64 and linux-amd64 4f2c9d1e7a3b; linux-arm64 ffffffffffff. ' +
        'Build and verify all of them from one commit.',
    ],
    exit: 1,
  },
  {
    name: 'verified with another contract than the given one',
    plant: (release) => void release.report(
      'linux-arm64', { ...arm, contract: arm.contract && { ...arm.contract, sha256: sha256Of(contractText.replaceAll('\n', '\r\n')) } },
    ),
    blocks: [
      'other-contract: linux-arm64: it was verified with another contract (sha256 #…, the given one has #…). Verify again with the ' +
        'given one; if git changes its line ends on Windows, put "worker-contract.yaml text eol=lf" into .gitattributes.',
    ],
    exit: 1,
  },
  {
    name: 'platforms with different contracts, versions, workers and frostgates',
    plant: (release) => {
      release.report('linux-arm64', { ...arm, tool: { ...arm.tool, version: '0.0.9' }, contract: arm.contract && {
        ...arm.contract, worker: 'other', sha256: sha256Of('x'),
      } });
      release.report('darwin-arm64', freshReport('darwin-arm64', '1.1.0'));
      return argumentsOf(release, { contract: false });
    },
    blocks: [
      'mixed: the platforms were verified with different versions of frostgate: darwin-arm64 and linux-amd64 0.1.0; linux-arm64 0.0.9. ' +
        'Verify all of them with one.',
      'mixed: the platforms were verified with different workers: darwin-arm64 and linux-amd64 agent-runner; linux-arm64 other. Hand ' +
        'over the reports of one worker, or the contract of each.',
      'mixed: the platforms were verified with different versions of the worker: darwin-arm64 agent-runner 1.1.0; linux-amd64 and ' +
        'linux-arm64 agent-runner 1.0.0. Build and verify all of them from one commit.',
      'mixed: the platforms were verified with different contracts: darwin-arm64 and linux-amd64 341cd9f154ae; linux-arm64 ' +
        '2d711642b726. Verify all of them with one contract; if git changes its line ends on Windows, put "worker-contract.yaml text ' +
          'eol=lf" into .gitattributes.',
    ],
    exit: 1,
  },
  {
    name: 'one platform owes fewer checks than the others by the same contract',
    plant: (release) => {
      const id = 'execution.answers-with-the-models-reply';
      release.report('darwin-arm64', rejudged({ ...freshReport('darwin-arm64'), checks: freshReport('darwin-arm64').checks.filter(
        (check) => check.id !== id,
      ), expectedIds: arm.expectedIds.filter((owed) => owed !== id) }));
      return argumentsOf(release, { contract: false });
    },
    blocks: [
      'incomplete: darwin-arm64: it does not owe execution.answers-with-the-models-reply, which linux-arm64 owes by the same contract. ' +
        'Verify again.',
    ],
    exit: 1,
  },
  {
    name: 'not applicable on one architecture of a system, although it ran on the other',
    plant: (release) => void release.report(
      'linux-arm64', withCheck(arm, 'registration.sdk', { outcome: 'not-applicable', reason: 'there is no baseline' }),
    ),
    blocks: [
      'not-applicable: linux-arm64: registration.sdk is not applicable, but the contract has what it judges. Verify again with this ' +
        'version of frostgate.',
      'not-applicable: linux-arm64: registration.sdk is not applicable (there is no baseline), but ran on linux-amd64, the same ' +
        'system. Give this machine what it lacks and verify again.',
    ],
    exit: 1,
  },
];

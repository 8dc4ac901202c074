import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { binaryOf, contractText, passingReport, rejudged, withCheck } from './sample.testing.ts';
import { sha256Of } from './read/hash.ts';
import { argumentsOf, type Situation } from './situation.testing.ts';

const arm = passingReport('linux-arm64');

/** Situations of a release as a whole: reports, platforms and artifacts that do not belong together, and waivers. */
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
      'unreadable: reports/darwin-arm64/report.json cannot be read: it is not whole JSON (#). Verify again, or hand over the report as it was written.',
      'unreadable: reports/linux-amd64/report.json cannot be read: it is not whole JSON (#). Verify again, or hand over the report as it was written.',
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
      'missing: empty leads to no report: it holds no report.json, neither itself nor in a folder in it. Name the report.json that the verification has written, or its folder.',
    ],
    exit: 1,
  },
  {
    name: 'two reports of one platform',
    plant: (release) => void release.report('again', passingReport('linux-arm64')),
    blocks: [
      'duplicate: linux-arm64: it has 2 reports (reports/again/report.json and reports/linux-arm64/report.json). Hand over one: that of the executable to be released.',
    ],
    exit: 1,
  },
  {
    name: 'a report of a platform that nobody requires',
    plant: (release) => void release.report('windows-amd64'),
    blocks: [
      'not-required: windows-amd64: it has a report (reports/windows-amd64/report.json) and is not required. What is handed over counts: add windows-amd64 to --require, or leave the report out.',
    ],
    exit: 1,
  },
  {
    name: 'a report about another commit, and one that names none',
    plant: (release) => {
      release.report('linux-arm64', { ...arm, platform: { ...arm.platform, commit: 'f'.repeat(40) } });
      const { commit: _, ...platform } = passingReport('darwin-arm64').platform;
      release.report('darwin-arm64', { ...passingReport('darwin-arm64'), platform });
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
      'mixed: the platforms were verified with different commits: darwin-arm64 and linux-amd64 4f2c9d1e7a3b; linux-arm64 ffffffffffff. Build and verify all of them from one commit.',
    ],
    exit: 1,
  },
  {
    name: 'verified with another contract than the given one',
    plant: (release) => void release.report('linux-arm64', { ...arm, contract: arm.contract && { ...arm.contract, sha256: sha256Of(contractText.replaceAll('\n', '\r\n')) } }),
    blocks: [
      'other-contract: linux-arm64: it was verified with another contract (sha256 #…, the given one has #…). Verify again with the given one; if git changes its line ends on Windows, put "worker-contract.yaml text eol=lf" into .gitattributes.',
    ],
    exit: 1,
  },
  {
    name: 'platforms with different contracts, versions, workers and frostgates',
    plant: (release) => {
      release.report('linux-arm64', { ...arm, tool: { ...arm.tool, version: '0.0.9' }, contract: arm.contract && { ...arm.contract, worker: 'other', sha256: sha256Of('x') } });
      release.report('darwin-arm64', passingReport('darwin-arm64', '1.1.0'));
      return argumentsOf(release, { contract: false });
    },
    blocks: [
      'mixed: the platforms were verified with different workers: darwin-arm64 and linux-amd64 agent-runner; linux-arm64 other. Hand over the reports of one worker.',
      'mixed: the platforms were verified with different versions of the worker: darwin-arm64 agent-runner 1.1.0; linux-amd64 and linux-arm64 agent-runner 1.0.0. Build and verify all of them from one commit.',
      'mixed: the platforms were verified with different contracts: darwin-arm64 and linux-amd64 2fed0c64a40d; linux-arm64 2d711642b726. Verify all of them with one contract; if git changes its line ends on Windows, put "worker-contract.yaml text eol=lf" into .gitattributes.',
      'mixed: the platforms were verified with different versions of frostgate: darwin-arm64 and linux-amd64 0.1.0; linux-arm64 0.0.9. Verify all of them with one.',
    ],
    exit: 1,
  },
  {
    name: 'one platform owes fewer checks than the others by the same contract',
    plant: (release) => {
      const id = 'execution.answers-with-the-models-reply';
      release.report('darwin-arm64', rejudged({ ...passingReport('darwin-arm64'), checks: passingReport('darwin-arm64').checks.filter((check) => check.id !== id), expectedIds: arm.expectedIds.filter((owed) => owed !== id) }));
      return argumentsOf(release, { contract: false });
    },
    blocks: [
      'incomplete: darwin-arm64: it does not owe execution.answers-with-the-models-reply, which linux-arm64 owes by the same contract. Verify again.',
    ],
    exit: 1,
  },
  {
    name: 'not applicable on one architecture of a system, although it ran on the other',
    plant: (release) => void release.report('linux-arm64', withCheck(arm, 'registration.sdk', { outcome: 'not-applicable', reason: 'there is no baseline' })),
    blocks: [
      'not-applicable: linux-arm64: registration.sdk is not applicable (there is no baseline), but ran on linux-amd64, the same system. Give this machine what it lacks and verify again.',
    ],
    exit: 1,
  },
  {
    name: 'the artifact was built again after it was verified',
    plant: (release) => appendFileSync(release.path('dist/agent-runner-linux-arm64'), 'new'),
    blocks: [
      'stale: linux-arm64: dist/agent-runner-linux-arm64 (sha256 #…) is not the file that was verified (dist/agent-runner, sha256 #…). Verify this file, or ship that one.',
    ],
    exit: 1,
  },
  {
    name: 'an artifact of a platform without a report',
    plant: (release) => argumentsOf(release, { more: ['--artifact', release.artifact('windows-amd64')] }),
    blocks: [
      'artifact-unverified: dist/agent-runner-windows-amd64 is made for windows-amd64, of which there is no report. Verify it there, or do not ship it.',
    ],
    exit: 1,
  },
  {
    name: 'an archive and an empty file among the artifacts',
    plant: (release) => argumentsOf(release, { more: ['--artifact', release.file('dist/all.sha256', 'abc  agent-runner\n'), '--artifact', release.file('dist/empty', '')] }),
    blocks: [
      'artifact-unverified: dist/all.sha256 is a text file and no report is about it. Name the executable itself, not an archive or a checksum.',
      'artifact-unverified: dist/empty is empty and no report is about it. Name the executable itself, not an archive or a checksum.',
    ],
    exit: 1,
  },
  {
    name: 'a platform without its artifact',
    plant: (release) => argumentsOf(release, { artifacts: false, more: ['--artifact', release.artifact('linux-amd64'), '--artifact', release.artifact('darwin-arm64')] }),
    blocks: [
      'artifact-missing: linux-arm64: none of the artifacts is the executable that was verified for it (dist/agent-runner, sha256 #…). Name that file with --artifact.',
    ],
    exit: 1,
  },
  {
    name: 'an artifact that is not there',
    plant: (release) => rmSync(release.path('dist/agent-runner-linux-arm64')),
    blocks: [
      'artifact-missing: dist/agent-runner-linux-arm64 is to be shipped and is not there. Build it, or correct the path.',
      'artifact-missing: linux-arm64: none of the artifacts is the executable that was verified for it (dist/agent-runner, sha256 #…). Name that file with --artifact.',
    ],
    exit: 1,
  },
  {
    name: 'an artifact that cannot be read',
    plant: (release) => {
      rmSync(release.path('dist/agent-runner-linux-arm64'));
      mkdirSync(release.path('dist/agent-runner-linux-arm64'));
    },
    blocks: [
      'artifact-unreadable: dist/agent-runner-linux-arm64 is to be shipped and cannot be read: it is a folder. Make it readable.',
      'artifact-unreadable: linux-arm64: none of the artifacts that can be read is the executable that was verified for it (dist/agent-runner, sha256 #…). Name that file with --artifact.',
    ],
    exit: 3,
  },
  {
    name: 'the verified bytes are made for another platform, and the report lies about their size',
    plant: (release) => {
      const bytes = binaryOf('windows-amd64');
      release.file('dist/agent-runner-linux-arm64', bytes);
      release.report('linux-arm64', { ...withCheck(arm, 'artifact.size', { value: 5 }), subject: arm.subject && { ...arm.subject, sha256Before: sha256Of(bytes), sha256After: sha256Of(bytes), sizeBytes: 5 } });
    },
    blocks: [
      'foreign-binary: linux-arm64: dist/agent-runner-linux-arm64 is made for windows-amd64, its report says linux-arm64. Build and verify the executable of the platform.',
      'tampered: linux-arm64: its report gives dist/agent-runner-linux-arm64 5 bytes, the file has 1024. It was changed after it was written: verify again.',
    ],
    exit: 1,
  },
  {
    name: 'a waiver excuses a failed and an inconclusive check',
    plant: (release) => {
      release.report('linux-arm64', withCheck(arm, 'shutdown.survivors', { outcome: 'fail', reason: 'one process is left' }));
      release.report('darwin-arm64', withCheck(passingReport('darwin-arm64'), 'shutdown.survivors', { outcome: 'inconclusive', reason: 'too busy' }));
      return argumentsOf(release, { more: ['--allow', 'shutdown.survivors', '--reason', 'ticket 12', '--until', '2999-12-31'] });
    },
    blocks: [],
    exit: 0,
  },
  {
    name: 'a waiver for another platform excuses nothing',
    plant: (release) => {
      release.report('linux-arm64', withCheck(arm, 'shutdown.survivors', { outcome: 'fail', reason: 'one process is left' }));
      return argumentsOf(release, { more: ['--allow', 'linux-amd64/shutdown.survivors', '--reason', 'ticket 12', '--until', '2999-12-31'] });
    },
    blocks: [
      'red: linux-arm64: shutdown.survivors failed (one process is left). Its report (reports/linux-arm64/report.json) tells the remedy: repair the worker, build and verify it again.',
    ],
    exit: 1,
  },
  {
    name: 'a waiver that has ended',
    plant: (release) => {
      release.report('linux-arm64', withCheck(arm, 'shutdown.survivors', { outcome: 'fail', reason: 'one process is left' }));
      return argumentsOf(release, { more: ['--allow', 'shutdown.survivors', '--until', '2026-01-31', '--reason', 'ticket 12'] });
    },
    blocks: [
      'red: linux-arm64: shutdown.survivors failed (one process is left). Its report (reports/linux-arm64/report.json) tells the remedy: repair the worker, build and verify it again. The waiver of shutdown.survivors ended on 2026-01-31.',
    ],
    exit: 1,
  },
  {
    name: 'a waiver does not excuse what never ran',
    plant: (release) => {
      release.report('linux-arm64', rejudged({ ...arm, checks: arm.checks.filter(({ id }) => id !== 'shutdown.survivors') }));
      return argumentsOf(release, { more: ['--allow', 'shutdown.survivors', '--reason', 'ticket 12', '--until', '2999-12-31'] });
    },
    blocks: [
      'incomplete: linux-arm64: # checks that it owes has no answer: shutdown.survivors. Verify again with this version of frostgate, without --only.',
    ],
    exit: 1,
  },
  {
    name: 'a waiver does not make a changed verdict good',
    plant: (release) => {
      release.report('linux-arm64', { ...withCheck(arm, 'shutdown.survivors', { outcome: 'fail', reason: 'one process is left' }), verdict: arm.verdict });
      return argumentsOf(release, { more: ['--allow', 'shutdown.survivors', '--reason', 'ticket 12', '--until', '2999-12-31'] });
    },
    blocks: [
      'tampered: linux-arm64: its report says pass, its checks say fail: # checks passed, 1 failed: shutdown.survivors, 1 not applicable. It was changed after it was written: verify again.',
    ],
    exit: 1,
  },
];

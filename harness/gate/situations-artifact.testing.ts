import { appendFileSync, rmSync } from 'node:fs';
import { binaryOf, freshReport, rejudged, withCheck } from './sample.testing.ts';
import { sha256Of } from './read/regular-file.ts';
import { argumentsOf, inAMonth, type Situation } from './situation.testing.ts';

const arm = freshReport('linux-arm64');

/** Situations of what is shipped: artifacts that are not those that were verified, and waivers. */
export const artifactSituations: readonly Situation[] = [
  {
    name: 'the artifact was built again after it was verified',
    plant: (release) => appendFileSync(release.path('dist/agent-runner-linux-arm64'), 'new'),
    blocks: [
      'stale: linux-arm64: dist/agent-runner-linux-arm64 (sha256 #…) is not the file that was verified (dist/agent-runner, sha256 #…). ' +
        'Verify this file, or ship that one.',
    ],
    exit: 1,
  },
  {
    name: 'an artifact of a platform without a report',
    plant: (release) => argumentsOf(release, { more: ['--artifact', release.artifact('windows-amd64')] }),
    blocks: [
      'artifact-unverified: dist/agent-runner-windows-amd64 is made for windows-amd64, of which there is no report. Verify it there, ' +
        'or do not ship it.',
    ],
    exit: 1,
  },
  {
    name: 'an archive and an empty file among the artifacts',
    plant: (release) => argumentsOf(release, {
      more: ['--artifact', release.file('dist/all.sha256', 'abc  agent-runner\n'), '--artifact', release.file('dist/empty', '')],
    }),
    blocks: [
      'artifact-unverified: dist/all.sha256 is a text file and no report is about it. Name the executable itself, not an archive or a ' +
        'checksum.',
      'artifact-unverified: dist/empty is empty and no report is about it. Name the executable itself, not an archive or a checksum.',
    ],
    exit: 1,
  },
  {
    name: 'a platform without its artifact',
    plant: (release) => argumentsOf(
      release, { artifacts: false, more: ['--artifact', release.artifact('linux-amd64'), '--artifact', release.artifact('darwin-arm64')] },
    ),
    blocks: [
      'artifact-missing: linux-arm64: none of the artifacts is the executable that was verified for it (dist/agent-runner, sha256 #…). ' +
        'Name that file with --artifact.',
    ],
    exit: 1,
  },
  {
    name: 'an artifact that is not there',
    plant: (release) => rmSync(release.path('dist/agent-runner-linux-arm64')),
    blocks: [
      'artifact-missing: dist/agent-runner-linux-arm64 is to be shipped and is not there. Build it, or correct the path.',
      'artifact-missing: linux-arm64: none of the artifacts is the executable that was verified for it (dist/agent-runner, sha256 #…). ' +
        'Name that file with --artifact.',
    ],
    exit: 1,
  },
  {
    name: 'the verified bytes are made for another platform, and the report lies about their size',
    plant: (release) => {
      const bytes = binaryOf('windows-amd64');
      release.file('dist/agent-runner-linux-arm64', bytes);
      release.report('linux-arm64', { ...withCheck(arm, 'artifact.size', { value: 5 }), subject: arm.subject && {
        ...arm.subject, sha256Before: sha256Of(bytes), sha256After: sha256Of(bytes), sizeBytes: 5,
      } });
    },
    blocks: [
      'foreign-binary: linux-arm64: dist/agent-runner-linux-arm64 is made for windows-amd64, its report says linux-arm64. Build and ' +
        'verify the executable of the platform.',
      'tampered: linux-arm64: its report gives dist/agent-runner-linux-arm64 5 bytes, the file has 1024. It was changed after it was ' +
        'written: verify again.',
    ],
    exit: 1,
  },
  {
    name: 'a waiver excuses a failed and an inconclusive check',
    plant: (release) => {
      release.report('linux-arm64', withCheck(arm, 'shutdown.survivors', { outcome: 'fail', reason: 'one process is left' }));
      release.report(
        'darwin-arm64', withCheck(freshReport('darwin-arm64'), 'shutdown.survivors', { outcome: 'inconclusive', reason: 'too busy' }),
      );
      return argumentsOf(release, { more: ['--allow', 'shutdown.survivors', '--reason', 'ticket 12', '--until', inAMonth] });
    },
    blocks: [],
    exit: 0,
  },
  {
    name: 'a waiver for another platform excuses nothing',
    plant: (release) => {
      release.report('linux-arm64', withCheck(arm, 'shutdown.survivors', { outcome: 'fail', reason: 'one process is left' }));
      return argumentsOf(
        release, { more: ['--allow', 'linux-amd64/shutdown.survivors', '--reason', 'ticket 12', '--until', inAMonth] },
      );
    },
    blocks: [
      'red: linux-arm64: shutdown.survivors failed (one process is left). Its report (reports/linux-arm64/report.json) tells the ' +
        'remedy: repair the worker, build and verify it again.',
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
      'red: linux-arm64: shutdown.survivors failed (one process is left). Its report (reports/linux-arm64/report.json) tells the ' +
        'remedy: repair the worker, build and verify it again. The waiver of shutdown.survivors ended on 2026-01-31.',
    ],
    exit: 1,
  },
  {
    name: 'a waiver does not excuse what never ran',
    plant: (release) => {
      release.report('linux-arm64', rejudged({ ...arm, checks: arm.checks.filter(({ id }) => id !== 'shutdown.survivors') }));
      return argumentsOf(release, { more: ['--allow', 'shutdown.survivors', '--reason', 'ticket 12', '--until', inAMonth] });
    },
    blocks: [
      'incomplete: linux-arm64: # checks that it owes has no answer: shutdown.survivors. Verify again with this version of frostgate, ' +
        'without --only.',
    ],
    exit: 1,
  },
  {
    name: 'a waiver does not make a changed verdict good',
    plant: (release) => {
      release.report('linux-arm64', {
        ...withCheck(arm, 'shutdown.survivors', { outcome: 'fail', reason: 'one process is left' }), verdict: arm.verdict,
      });
      return argumentsOf(release, { more: ['--allow', 'shutdown.survivors', '--reason', 'ticket 12', '--until', inAMonth] });
    },
    blocks: [
      'tampered: linux-arm64: its report says pass, its checks say fail: # checks passed, 1 failed: shutdown.survivors, 1 not ' +
        'applicable. It was changed after it was written: verify again.',
    ],
    exit: 1,
  },
];

import { describe, expect, test } from 'vitest';
import { sampleCheck } from '../report/sample-report.testing.ts';
import { judge, type Judged } from './verdict.ts';

const green: Judged = {
  checks: [sampleCheck('artifact.format'), sampleCheck('artifact.size')],
  expectedIds: ['artifact.format', 'artifact.size'],
  partial: [],
  interrupted: null,
  unhandledErrors: [],
  infrastructureErrors: [],
  subjectChanged: false,
  contractGiven: true,
  emulatedBy: undefined,
};
const noStrace = 'strace is not installed: apt-get install strace';
const failing = sampleCheck('execution.failure', { outcome: 'fail', reason: 'x' });
const unjudged = sampleCheck('parity.log', { outcome: 'inconclusive', reason: 'x' });
const foreign = sampleCheck('host.noexec-tmp', { outcome: 'not-applicable', reason: 'needs bubblewrap' });

const cases: [name: string, run: Partial<Judged>, outcome: string, decidedBy: string[], sentence: string][] = [
  ['all pass', {}, 'pass', [], 'All 2 checks passed.'],
  ['not applicable with a reason', { checks: [...green.checks, foreign] }, 'pass', [], 'All 2 checks passed, 1 not applicable.'],
  ['not looked for here, wholly and in part', {
    checks: [
      ...green.checks, sampleCheck('startup.network', { outcome: 'not-applicable', reason: 'x', notLookedFor: noStrace }),
      sampleCheck('shutdown.left-overs', { notLookedFor: noStrace }),
    ],
  }, 'pass', [], `All 3 checks passed; not looked for here: startup.network, shutdown.left-overs in part (${noStrace}).`],
  ['one fails', { checks: [...green.checks, failing] }, 'fail', ['execution.failure'], '2 of 3 checks passed, 1 failed: ' +
    'execution.failure.'],
  ['one is not judged', { checks: [...green.checks, unjudged] }, 'inconclusive', ['parity.log'], '2 of 3 checks passed, 1 could not be ' +
    'judged: parity.log.'],
  ['fail goes before inconclusive', {
    checks: [unjudged, failing], expectedIds: [],
  }, 'fail', ['execution.failure'], '0 of 2 checks passed, 1 failed: execution.failure, 1 could not be judged: parity.log.'],
  ['an owed check never ran', {
    expectedIds: [...green.expectedIds, 'shutdown.drain'],
  }, 'fail', ['shutdown.drain'], '2 of 3 checks passed, 1 never ran: shutdown.drain.'],
  ['not applicable without a reason', {
    checks: [...green.checks, { ...foreign, reason: '' }],
  }, 'fail', ['host.noexec-tmp'], '2 of 3 checks passed, 1 never ran: host.noexec-tmp.'],
  ['a suite without tests', { checks: [], expectedIds: [] }, 'fail', [], 'No check ran.'],
  ['everything not applicable', { checks: [foreign], expectedIds: [foreign.id] }, 'fail', [], 'No check ran.'],
  ['a hook failed', { unhandledErrors: ['boom\nstack', 'again'] }, 'fail', [], 'An error outside the checks (boom stack and 1 more): ' +
    'all 2 checks passed.'],
  ['the subject changed', { subjectChanged: true }, 'fail', [], 'The executable changed during the run: all 2 checks passed.'],
  ['no contract', { contractGiven: false }, 'inconclusive', [], 'No contract was given: all 2 checks passed.'],
  ['a partial run passes and says so', { partial: ['--only artifact'] }, 'pass', [], 'Partial run (--only artifact): all 2 checks passed.'],
  [
    'interrupted', { interrupted: 'SIGINT', expectedIds: [...green.expectedIds, 'shutdown.drain'], unhandledErrors: ['aborted'] },
    'inconclusive', ['shutdown.drain'],
    'Interrupted by SIGINT; an error outside the checks (aborted): 2 of 3 checks passed, 1 never ran: shutdown.drain.',
  ],
  ['interrupted after the last check', { interrupted: 'SIGTERM' }, 'inconclusive', [], 'Interrupted by SIGTERM: all 2 checks passed.'],
  ['interrupted after a failure', {
    interrupted: 'SIGINT', checks: [...green.checks, failing],
  }, 'fail', ['execution.failure'], 'Interrupted by SIGINT: 2 of 3 checks passed, 1 failed: execution.failure.'],
  ['the server did not start', {
    checks: [], infrastructureErrors: ['no server'],
  }, 'inconclusive', ['artifact.format', 'artifact.size'], 'The infrastructure failed (no server): no check ran.'],
];

describe('the verdict', () => {
  test.for(cases)('%s', ([, run, outcome, decidedBy, sentence]) => {
    expect(judge({ ...green, ...run })).toEqual({ outcome, decidedBy, sentence });
  });
});

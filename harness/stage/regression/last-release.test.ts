import { expect, test } from 'vitest';
import { CouldNotJudge } from '../../model/errors.ts';
import { mustBeOneWorker, previousOf } from './last-release.ts';

const previous = { binary: '/tmp/x/worker', named: 'previous/worker', sha256: '0'.repeat(64), sizeBytes: 1, isSame: false };

test('the same bytes, and no last release at all, decide nothing', () => {
  expect(previousOf({ previous })).toBe(previous);
  expect(() => previousOf({ previous: { ...previous, isSame: true } })).toThrow(new CouldNotJudge('previous/worker has the same bytes as ' +
    'the executable itself, so nothing is decided between them: name the last release with --previous'));
  expect(() => previousOf({ previous: undefined })).toThrow(new CouldNotJudge('it needs the last release (--previous)'));
});

test.each([
  ['agent-runner 1.1.0', 'agent-runner 1.0.0'],
  ['Agent Runner version 1.1.0 (4f2c9d1)', 'agent-runner 1.0.0'],
  ['1.1.0', 'agent-runner 1.0.0'],
  ['agent-runner 1.1.0', ''],
])('"%s" and "%s" may be one worker', (subject, last) => {
  expect(() => mustBeOneWorker(subject, last)).not.toThrow();
});

test('names that have nothing in common are two workers', () => {
  expect(() => mustBeOneWorker('agent-runner version 1.1.0\n', 'approvals version 2.0.0\n')).toThrow(new CouldNotJudge('the last release ' +
    '(--previous) calls itself "approvals version 2.0.0", the executable "agent-runner version 1.1.0": they are no releases of one ' +
    'worker, so nothing is decided between them'));
});

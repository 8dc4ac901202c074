import { expect, test } from 'vitest';
import type { CheckResult } from '../model/report.ts';
import type { Bundle } from '../runtimes/bundle.ts';
import { lackOfRoom, withoutRoom } from './lack-of-room.ts';

const oneFile = { kind: 'one-file', extractedBytes: 150_000_000 } as Bundle;
const oneDir = { kind: 'one-dir', extractedBytes: 150_000_000 } as Bundle;

test('one more launch must always have fitted: what a one-file executable unpacks, and some room for what it writes', () => {
  expect(lackOfRoom(160_000_000, oneFile)).toBeUndefined();
  expect(lackOfRoom(159_000_000, oneFile)).toBe('the directory for temporary files had 159 MB free at some moment, and a launch takes ' +
    '160 MB; make room there, or set TMPDIR to a folder that has it');
  expect(lackOfRoom(11_000_000, oneDir)).toBeUndefined();
  expect(lackOfRoom(9_000_000, undefined)).toMatch(/^the directory .* had 9 MB free/);
  expect(lackOfRoom(Infinity, oneFile)).toBeUndefined();
});

test('without room a red check of a launch could not judge; one that read the file stays red', () => {
  const check = (area: CheckResult['area'], outcome: CheckResult['outcome']): CheckResult => (
    { id: `${area}.x`, area, title: 'it starts', outcome, durationMs: 1, evidence: [], reason: 'it ended with 1' }
  );
  const checks = [check('startup', 'fail'), check('bundle', 'fail'), check('shutdown', 'pass')];
  expect(withoutRoom(checks, undefined)).toEqual(checks);
  expect(withoutRoom(checks, 'no room')).toMatchObject([
    { outcome: 'inconclusive', reason: 'no room; before that: it ended with 1' }, { outcome: 'fail' }, { outcome: 'pass' },
  ]);
});

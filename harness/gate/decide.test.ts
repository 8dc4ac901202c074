import { expect, test } from 'vitest';
import { rowOf } from '../model/catalogue.ts';
import { decide } from './decide.ts';
import { faultless, readOf } from './read-release.testing.ts';
import type { Waiver } from '../model/waiver.ts';
import { passingReport, rejudged, withCheck } from './sample.testing.ts';

const mac = passingReport('darwin-arm64');
const linux = passingReport('linux-amd64');
const failing = withCheck(linux, 'shutdown.survivors', { outcome: 'fail', reason: 'one process is left' });
const waiver: Waiver = { id: 'shutdown.survivors', reason: 'ticket 12', until: '2026-11-21' };
const states = (gate: ReturnType<typeof decide>) => gate.platforms.map(({ id, state }) => `${id} ${state}`);

test('a waiver holds until the end of its day in UTC and no longer', () => {
  const at = (time: string) => decide(faultless({ now: new Date(time), waivers: [waiver] }, [failing, mac])).verdict.outcome;
  expect([at('2026-11-21T23:59:59.999Z'), at('2026-11-22T00:00:00Z')]).toEqual(['pass', 'fail']);
});

test('a platform that passes with a waiver is told apart everywhere', () => {
  const gate = decide(
    faultless({ waivers: [waiver, { ...waiver, id: 'startup.ready' }, { ...waiver, until: '2026-01-01' }] }, [failing, mac]),
  );
  expect(gate.verdict).toEqual({ outcome: 'pass', sentence: 'All 2 required platforms are verified: linux-amd64 and darwin-arm64; ' +
    'linux-amd64 only with a waiver.' });
  expect(states(gate)).toEqual(['linux-amd64 waived', 'darwin-arm64 pass']);
  expect(gate.platforms[0]?.report?.verdict.outcome).toBe('fail');
  expect(
    gate.platforms[0]?.areas.find(({ area }) => area === 'shutdown'),
  ).toMatchObject({ state: 'waived', waived: 1, failed: 0, passed: 13 });
  expect(gate.waivers.map(({ id, state, excuses }) => [id, state, excuses])).toEqual([
    ['shutdown.survivors', 'used', ['linux-amd64']],
    ['startup.ready', 'unused', []],
    ['shutdown.survivors', 'expired', []],
  ]);
  expect(gate.warnings).toEqual([
    'The waiver of shutdown.survivors ended on 2026-01-01 and excuses nothing.',
    'The waiver of startup.ready excuses nothing: no report that was handed over says that it failed. Take it away.',
  ]);
});

test('a waiver for one check leaves the other failed one', () => {
  const two = withCheck(failing, 'artifact.help', { outcome: 'fail', reason: 'no help' });
  const { blocks } = decide(faultless({ waivers: [waiver] }, [two, mac]));
  expect(blocks.map(({ sentence }) => sentence)).toEqual([expect.stringMatching(/^linux-amd64: artifact\.help failed \(no help\)\./)]);
});

test('clocks may differ by five minutes', () => {
  const at = (endedAt: string) => decide(faultless({}, [{ ...linux, tool: { ...linux.tool, endedAt } }, mac])).verdict.outcome;
  expect([at('2026-11-21T12:05:00Z'), at('2026-11-21T12:05:01Z')]).toEqual(['pass', 'inconclusive']);
});

test('a commit is known by its beginning, in any case', () => {
  const upper = { ...linux, platform: { ...linux.platform, commit: '4F2C9D1E7A3B5C6D8E9F0A1B2C3D4E5F6A7B8C9D' } };
  expect(decide(faultless({ commit: '4f2c9d1' }, [upper, mac])).verdict.outcome).toBe('pass');
});

test('a report with warnings cannot be a pass; which of its two readings holds is told by its own verdict', () => {
  const warned = { ...linux, warnings: ['the server died'] };
  const kindsOf = (outcome: 'pass' | 'fail' | 'inconclusive') =>
    decide(faultless({}, [{ ...warned, verdict: { outcome, decidedBy: [], sentence: '' } }, mac])).blocks.map(({ kind }) => kind);
  expect({ pass: kindsOf('pass'), fail: kindsOf('fail'), inconclusive: kindsOf('inconclusive') }).toEqual({
    pass: ['tampered', 'infrastructure'], fail: ['errors'], inconclusive: ['infrastructure'],
  });
});

test('another sentence is no tampering: versions word it differently', () => {
  expect(decide(faultless({}, [{ ...linux, verdict: { ...linux.verdict, sentence: 'Fine.' } }, mac])).verdict.outcome).toBe('pass');
});

test('not applicable on another system is a remark, on the same system a block', () => {
  const skip = (platform: string) =>
    withCheck(passingReport(platform), 'registration.sdk', { outcome: 'not-applicable', reason: 'no baseline' });
  const other = decide(faultless({}, [linux, skip('darwin-arm64')]));
  expect([other.verdict.outcome, other.warnings]).toEqual(['pass', ['darwin-arm64: 1 check not applicable there ran on another system: ' +
    'registration.sdk.']]);
  const same = decide(faultless({ required: ['linux-amd64', 'linux-arm64'] }, [linux, skip('linux-arm64')]));
  expect(same.blocks.map(({ kind }) => kind)).toEqual(['not-applicable']);
});

test('what a machine has no eye for may be not applicable where its row says so, and is told', () => {
  const [why, outcome] = ['strace is not installed: apt-get install strace', 'not-applicable' as const];
  const blind = withCheck(linux, 'startup.network', { outcome, reason: `not looked for here: ${why}`, notLookedFor: why });
  const { blocks, warnings } = decide(faultless({ required: ['linux-amd64'] }, [blind]));
  expect({ blocks, warnings }).toEqual({ blocks: [], warnings: [`linux-amd64: not looked for: startup.network (${why}).`] });
  const others = [
    withCheck(linux, 'startup.network', { outcome, reason: 'no' }),
    withCheck(linux, 'startup.ready', { outcome, reason: why, notLookedFor: why }),
  ];
  expect(others.map((report) => decide(faultless({ required: ['linux-amd64'] }, [report])).blocks.map(({ kind }) => kind))).toEqual([
    ['not-applicable'], ['not-applicable'],
  ]);
});

test('of an executable that PyInstaller did not make, nothing inside can be verified, and that is no block', () => {
  const skipped = linux.checks.map(
    (check) => (check.area === 'bundle' ? { ...check, outcome: 'not-applicable' as const, reason: 'made by Nuitka' } : check),
  );
  const opaque = rejudged({ ...linux, checks: skipped, contents: null, subject: linux.subject && { ...linux.subject, freezer: 'Nuitka' } });
  expect(decide(faultless({ required: ['linux-amd64'] }, [opaque])).blocks).toEqual([]);
  const noBaseline = rejudged({ ...linux, baseline: null, checks: linux.checks.map(
    (check) => (rowOf(check.id)?.skippable?.includes('no baseline') ?
      { ...check, outcome: 'not-applicable' as const, reason: 'no baseline' } : check),
  ) });
  expect(decide(faultless({ required: ['linux-amd64'] }, [noBaseline])).blocks).toEqual([]);
});

test('what the gate was not asked, and what it noticed, is told', () => {
  const { commit: _commit, ...platform } = mac.platform;
  const odd = readOf({ ...mac, platform, baseline: null, baselineAbsent: 'no Python' });
  const reports = { read: [readOf({ ...linux, tool: { ...linux.tool, version: '0.0.1' } }), {
    ...odd, beside: { ...odd.beside, remarks: ['the evidence of its report is larger than 1 GB and was not compared whole'] },
  }], unread: [] };
  const gate = decide(faultless({
    reports, toolVersion: '9.9.9', earlier: { read: [], unread: [{ kind: 'missing', file: 'old', why: 'there is no such file' }] },
  }));
  expect(gate.warnings).toEqual([
    'linux-amd64 was verified with frostgate 0.0.1, this gate is of 9.9.9.',
    expect.stringMatching(/^darwin-arm64 was verified with frostgate .*, this gate is of 9\.9\.9\.$/),
    'darwin-arm64: its report does not say which commit it is about.',
    'darwin-arm64 was verified without a baseline: no Python.',
    'darwin-arm64: the evidence of its report is larger than 1 GB and was not compared whole.',
    'An earlier report is not in the trend: old: there is no such file.',
  ]);
  expect(gate.notChecked).toHaveLength(5);
  expect(gate.commit).toBeNull();
});

test('blocks come with the wrong ones first, then in the order of the platforms', () => {
  const unjudged = withCheck(linux, 'artifact.help', { outcome: 'inconclusive', reason: 'x' });
  const { blocks, verdict } = decide(faultless({}, [rejudged({ ...mac, partial: ['--only x'] }), unjudged]));
  expect(blocks.map(({ kind, severity, platform }) => [kind, severity, platform])).toEqual([
    ['partial', 'wrong', 'darwin-arm64'], ['inconclusive', 'unjudged', 'linux-amd64'],
  ]);
  expect(verdict).toEqual({ outcome: 'fail', sentence: 'The release is blocked for 2 reasons; 0 of 2 required platforms verified (not ' +
    'linux-amd64 and darwin-arm64).' });
});

test('an artifact that changed while it was read is wrong, whatever else could not be judged', () => {
  const artifacts = { read: [], unread: [{ file: 'dist/a', problem: 'changed' as const, why: 'it changed while it was read' }] };
  const { blocks, verdict } = decide(faultless({ artifacts, required: ['linux-amd64'] }, [linux]));
  expect(blocks.map(({ kind, sentence }) => [kind, sentence])).toEqual([
    ['artifact-changed', 'dist/a changed while the gate read it. End what writes to it, verify it and ask again.'],
    ['artifact-missing', expect.stringMatching(/^linux-amd64: none of the artifacts is the executable that was verified for it /)],
  ]);
  expect(verdict.outcome).toBe('fail');
});

import { expect, test } from 'vitest';
import { sampleCheck } from '../report/sample-report.testing.ts';
import { hazards } from '../runtimes/pyinstaller/hazards/hazards.ts';
import { adviceFor } from '../stage/stop-advice.ts';
import { judged, type Given } from './judged.ts';

const log = { path: 'evidence/startup.ready/output.log', sha256: '0'.repeat(64), title: 'output' };
const failed = sampleCheck('startup.ready', { outcome: 'fail', reason: 'it ended', evidence: [log] });
const silent = sampleCheck('artifact.help', { outcome: 'fail', reason: 'it printed nothing' });
const quiet = {
  observations: [], measurements: [], decisions: [], startUps: [], memoryCourses: [], endurance: undefined, errors: [], troubles: [],
};

const given = (more: Partial<Given> = {}): Given => ({
  collected: { checks: [failed], ...quiet }, redacted: { checks: [failed], leaks: [] }, hazards, hints: [],
  textOf: () => "boot\nModuleNotFoundError: No module named 'lazy'\n", contract: undefined, hasPrevious: false, only: ['startup'],
  profile: 'full', interrupted: null, problems: [], subjectChanged: false, emulatedBy: undefined, ...more,
});

test('the evidence of a failed check tells its cause, and the line that does is marked', () => {
  const { findings, checks, expectedIds, partial, verdict } = judged(given());
  expect(findings).toMatchObject([{ hazard: 'BC-02', args: { module: 'lazy' }, explains: ['startup.ready'], source: log.path }]);
  expect(checks[0]?.evidence[0]?.excerpt?.map(({ number, hazard }) => [number, hazard])).toEqual([[1, undefined], [2, 'BC-02']]);
  expect([expectedIds, partial]).toEqual([['startup.ready', 'startup.clean-log', 'startup.network'], ['--only startup']]);
  expect(verdict).toMatchObject({ outcome: 'fail', decidedBy: ['startup.ready', 'startup.clean-log', 'startup.network'] });
});

test('what was read goes before what a log says, and a hint explains what is silent', () => {
  const observation = { kind: 'missing-module', args: { module: 'lazy' }, line: 'lazy', names: ['module:lazy'] } as const;
  const hint = { kind: 'no-console', args: {}, line: 'an option', names: [] } as const;
  const { findings } = judged(given({
    collected: { checks: [], ...quiet, observations: [{ observation, checkId: 'bundle.modules' }] }, hints: [hint],
    redacted: { checks: [failed, silent], leaks: [] },
  }));
  expect(findings.map(({ hazard, explains }) => [hazard, explains])).toEqual([
    ['BC-02', ['bundle.modules', 'startup.ready']], ['EN-14', ['artifact.help']],
  ]);
});

test('a crash of native threads at the end is told with one remedy, the finding\'s', () => {
  const text = 'Fatal Python error: PyGILState_Release: thread state 0x7f must be current when releasing\n';
  const crashed = (remedy: string) => {
    const checks = [sampleCheck('startup.ready', { outcome: 'fail', reason: 'it ended', evidence: [log], remedy })];
    const { checks: [check], findings } = judged(given({ redacted: { checks, leaks: [] }, textOf: () => text }));
    return [check?.remedy, ...findings.map(({ hazard }) => hazard)];
  };
  expect(crashed(adviceFor('aborted', 'python', 'SIGTERM'))).toEqual([undefined, 'TW-19']);
  expect(crashed(adviceFor('hangs', 'python', 'SIGTERM'))).toEqual([expect.stringContaining('SIGTERM'), 'TW-19']);
});

test('a secret in the evidence and an error outside the checks are faults of the run, a missing server is its excuse', () => {
  const passed = ['startup.ready', 'startup.clean-log', 'startup.network'].map((id) => sampleCheck(id));
  const verdictOf = (more: Partial<Given>) => judged(given({ redacted: { checks: passed, leaks: [] }, ...more })).verdict.outcome;
  expect(verdictOf({ redacted: { checks: passed, leaks: ['the value of KEY was in a.log'] } })).toBe('fail');
  expect(verdictOf({ collected: { checks: [], ...quiet, errors: ['a hook failed'] } })).toBe('fail');
  expect(verdictOf({ problems: ['no server was to be had'] })).toBe('inconclusive');
  expect(verdictOf({ collected: { ...quiet, checks: [], troubles: ['nobody can list processes'] } })).toBe('inconclusive');
  expect(judged(given({ problems: ['p'], redacted: { checks: [], leaks: ['l'] } })).warnings).toEqual(['p', 'l']);
});

import { expect, test } from 'vitest';
import type { Finding } from '../model/report.ts';
import { changeOf } from '../runtimes/pyinstaller/hazards/spec-change.ts';
import { jointRemedy, remediesOf, tellsNothingAlone, type Remedy } from './remedies.ts';

function finding(hazard: string, explains: string[], args: Record<string, string> = {}): Finding {
  return { hazard, args, cause: 'c', remedy: 'r', line: 'l', source: 's', explains };
}

const lazy = finding('BC-02', ['execution.a', 'execution.b'], { module: 'lazy' });
const data = finding('BC-04', ['execution.b'], { file: 'x.txt' });
const crash = finding('TW-19', ['execution.b']);
const named = (remedies: readonly Remedy[]) => remedies.map((remedy) => remedy.findings.map(({ hazard }) => hazard));

test('each change once, for all findings that ask for it; building anew first', () => {
  const dashed = finding('BC-02', ['execution.c'], { package: 'lazy' });
  const stale = finding('BC-10', ['bundle.sources'], { module: 'x' });
  const silent = finding('BC-05', [], { distribution: 'x' });
  expect(named(remediesOf([lazy, crash, dashed, silent, stale], changeOf))).toEqual([['BC-10'], ['BC-02', 'BC-02']]);
});

test('a change is not tried alone where every check needs another change too', () => {
  const alone = (findings: Finding[]) =>
    remediesOf(findings, changeOf).filter((remedy, _, all) => tellsNothingAlone(remedy, all, findings)).flatMap((one) => one.findings);
  expect(alone([lazy, data])).toEqual([data]);
  expect(alone([lazy])).toEqual([]);
  expect(
    alone([finding('BC-08', ['bundle.excluded'], { module: 'pytest' }), finding('BC-08', ['bundle.excluded'], { module: 'mypy' })]),
  ).toHaveLength(2);
  // Nothing can be done about the crash, so that the change has to show by itself what it does.
  expect(alone([data, crash])).toEqual([]);
});

test('all changes together where only they can make a check pass', () => {
  const findings = [lazy, data];
  const [first, second] = remediesOf(findings, changeOf);
  const leftRed = (ids: readonly string[]) =>
    new Map([first, second].flatMap((remedy) => (remedy === undefined ? [] : [[remedy, ids] as const])));
  expect(jointRemedy(leftRed(['execution.b']), findings)).toEqual({
    change: [{ kind: 'hidden-import', name: 'lazy' }, { kind: 'data', name: 'x.txt', to: '.' }], findings,
  });
  expect(jointRemedy(leftRed([]), findings)).toBeUndefined();
  expect(jointRemedy(leftRed(['execution.b']), [...findings, crash])).toBeUndefined();
});

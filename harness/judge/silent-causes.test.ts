import { expect, test } from 'vitest';
import { rootCauses, silentCauses } from './with-hazards.testing.ts';
import type { Observation, ObservationKind } from '../model/observation.ts';

const hint = (kind: ObservationKind, args: Observation['args'] = {}): Observation => ({ kind, args, line: 'an option', names: [] });
const told = (hints: Observation[], ...unexplained: string[]) =>
  rootCauses(silentCauses(hints, unexplained), []).map(({ hazard, explains }) => [hazard, explains]);

test.each([
  [hint('ignored-signals'), 'PM-04', 'shutdown.sigterm.parent.idle'],
  [hint('missing-runtime-library', { library: 'l', member: 'm' }), 'NA-09', 'artifact.version'],
  [hint('no-console'), 'EN-14', 'artifact.help'],
  [hint('no-asserts', { level: 'OO' }), 'BC-17', 'execution.answers'],
  [hint('spoken-file', { module: 'm', file: 'f' }), 'BC-04', 'execution.answers'],
])('%o explains what fails without a word', (found, hazard, checkId) => {
  expect(told([found], checkId)).toEqual([[hazard, [checkId]]]);
  expect(told([found], 'execution.failure')).toEqual([]);
  expect(told([found])).toEqual([]);
});

test('several checks have one cause', () => {
  expect(
    told([hint('ignored-signals')], 'shutdown.sigint.parent.in-flight', 'startup.ready', 'shutdown.survivors', 'shutdown.deregistration'),
  ).toEqual([['PM-04', ['shutdown.sigint.parent.in-flight', 'shutdown.deregistration']]]);
});

test('what a log tells is left to the log', () => {
  expect(told([
    hint('closed-sandbox'), hint('missing-ca-bundle'), hint('no-asserts'),
  ], 'execution.failure', 'shutdown.deregistration', 'artifact.version')).toEqual([]);
});

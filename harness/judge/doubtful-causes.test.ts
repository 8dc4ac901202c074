import { expect, test } from 'vitest';
import { hazards } from '../runtimes/pyinstaller/hazards/hazards.ts';
import { doubtfulCauses } from './root-causes.ts';
import { diagnose } from './with-hazards.testing.ts';

test('a doubt is told of executions that nothing explains, or where a log names what follows from it', () => {
  const doubt = {
    observation: { kind: 'coped-source' as const, args: { modules: 'app.tools' }, line: 'what was read', names: ['module:app.tools'] },
    checkId: 'bundle.data', source: 'bundle.data',
  };
  const doubted = (unexplained: string[], text: string) => doubtfulCauses(
    [doubt], unexplained, diagnose([{ name: 'output.log', text, checkId: 'execution.a' }], ['execution.a']), hazards,
  ).map(({ checkId }) => checkId);
  expect(doubted(['execution.b', 'shutdown.survivors'], 'all is well')).toEqual(['execution.b']);
  expect(doubted([], 'OSError: could not get source code')).toEqual(['execution.a']);
  expect(doubted([], 'all is well')).toEqual([]);
});

test('what is found by looking may be what the worker registers; other areas than these say nothing of it', () => {
  const told = (kind: 'missing-listing' | 'missing-data') => doubtfulCauses(
    [{ observation: { kind, args: {}, line: 'what was read', names: [] }, checkId: 'bundle.plugins', source: 'bundle.plugins' }],
    ['execution.b', 'registration.types', 'shutdown.survivors'], [], hazards,
  ).map(({ checkId }) => checkId);
  expect(told('missing-listing')).toEqual(['execution.b', 'registration.types']);
  expect(told('missing-data')).toEqual(['execution.b']);
});

import { expect, test } from 'vitest';
import { surveyBaseline } from '../../../baselines/survey/survey.ts';
import { referenceBaseline } from '../../../baselines/survey/survey.testing.ts';
import { bundleOf } from './bundle.testing.ts';
import { otherPython } from './python.ts';
import { readReference } from './real-bundles.testing.ts';

const bundle = bundleOf([], [], { pythonVersion: '3.11', bytecodeMagic: 3495 });

test.each([
  ['>=3.11', []],
  ['>=3.11.4,<3.14', []],
  ['==3.11.*', []],
  ['~=3.9', []],
  ['!=3.11.0', []],
  [undefined, []],
  ['>=3.12', ['the executable holds Python 3.11, the contract allows >=3.12']],
  ['<3.11', ['the executable holds Python 3.11, the contract allows <3.11']],
  ['!=3.11.*', ['the executable holds Python 3.11, the contract allows !=3.11.*']],
])('3.11 where %s is allowed: %j', (allowed, lines) => {
  expect(otherPython(bundle, allowed, undefined).map(({ line }) => line)).toEqual(lines);
});

test.each([
  [{ pythonVersion: '3.11.9', bytecodeMagic: 3495 }, []],
  [{ pythonVersion: '3.12.0', bytecodeMagic: 3531 }, [{ found: '3.11', expected: '3.12', against: 'the baseline' }]],
  [{ pythonVersion: '3.11.0a7', bytecodeMagic: 3480 }, [
    { found: '3.11 with bytecode 3495', expected: '3.11 with bytecode 3480', against: 'the baseline' },
  ]],
])('3.11 beside a baseline of %j', (baseline, args) => {
  expect(otherPython(bundle, undefined, baseline).map((fact) => fact.args)).toEqual(args);
});

test('the reference holds the Python of its environment', async () => {
  expect(otherPython(await readReference(), '>=3.11', await surveyBaseline(await referenceBaseline(), { namespaces: [] }))).toEqual([]);
});

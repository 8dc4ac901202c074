import { expect, test } from 'vitest';
import { evaluate, isTrue } from './expression.ts';

const scope = {
  failed: false,
  contexts: {
    inputs: { baseline: '', platforms: '["linux-amd64", "darwin-arm64"]', count: 0 },
    matrix: { platform: 'darwin-arm64' },
    steps: { verify: { outputs: { report: 'reports/linux-amd64' } } },
  },
};

test.each([
  ["inputs.baseline != ''", false],
  ["steps.verify.outputs.report != ''", true],
  ["steps.verify.outputs.nothing == ''", true],
  ["always() && steps.verify.outputs.report != ''", true],
  ['!cancelled()', true],
  ['success() && !failure()', true],
  ["matrix.platform == 'linux-amd64' && 'ubuntu' || matrix.platform == 'darwin-arm64' && 'macos'", 'macos'],
  ["matrix.platform == 'none' && 'ubuntu'", false],
  ["'DARWIN-arm64' == matrix.platform", true],
  ["inputs['baseline'] || 'it''s empty'", "it's empty"],
  ['(true || false) && 42', 42],
  ['inputs.count || null', null],
])('%s', (expression, value) => {
  expect(evaluate(expression, scope)).toEqual(value);
});

test('a list in JSON becomes a list', () => {
  expect(evaluate('fromJSON(inputs.platforms)', scope)).toEqual(['linux-amd64', 'darwin-arm64']);
});

test.each([
  ['input.baseline', 'there is no context "input" here'],
  ['hashFiles(inputs.baseline)', 'the function hashFiles() is not supported here'],
  ['inputs.baseline ==', 'it ends too early'],
  ['inputs.baseline inputs.count', 'unexpected "inputs"'],
  ['(inputs.baseline', 'expected ")"'],
  ['inputs.count > 1', 'unexpected text at "> 1"'],
])('%s is refused', (expression, message) => {
  expect(() => evaluate(expression, scope)).toThrow(`cannot evaluate \${{ ${expression} }}: ${message}`);
});

test('what counts as false', () => {
  expect([null, false, '', 0].map(isTrue)).toEqual([false, false, false, false]);
  expect(['false', 1, true, []].map(isTrue)).toEqual([true, true, true, true]);
});

import { expect, test } from 'vitest';
import { allNeeds, inOrder, legsOf } from './plan.ts';

const job = (...needs: string[]) => ({ needs });
const scope = { failed: false, contexts: { inputs: { platforms: '["a", "b"]' } } };

test('a job comes after those that it needs', () => {
  expect(
    inOrder({ release: job('gate', 'attest'), attest: job('gate'), gate: job('verify'), verify: job() }),
  ).toEqual(['verify', 'gate', 'attest', 'release']);
});

test('needs of needs count', () => {
  expect(allNeeds('release', { release: job('gate'), gate: job('verify'), verify: job() })).toEqual(['gate', 'verify']);
});

test.each([
  [{ a: job('b'), b: job('a') }, 'jobs need each other: a -> b -> a'],
  [{ a: job('nowhere') }, 'a needs the job "nowhere", which is not there'],
])('a mistake is named: %o', (jobs, message) => {
  expect(() => inOrder(jobs)).toThrow(message);
});

test('the legs of a matrix', () => {
  expect(legsOf({}, scope)).toEqual([{}]);
  expect(legsOf({ strategy: { matrix: { platform: '${{ fromJSON(inputs.platforms) }}', python: [3, 4] } } }, scope)).toEqual([
    { platform: 'a', python: 3 },
    { platform: 'a', python: 4 },
    { platform: 'b', python: 3 },
    { platform: 'b', python: 4 },
  ]);
  expect(
    legsOf({ strategy: { matrix: { include: [{ platform: 'a' }, { platform: 'b', suffix: '.exe' }] } } }, scope),
  ).toEqual([{ platform: 'a' }, { platform: 'b', suffix: '.exe' }]);
});

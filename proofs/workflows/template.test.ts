import { expect, test } from 'vitest';
import { fill, fillAll, fillValue, holds } from './template.ts';

const scope = (failed: boolean) => ({
  failed, contexts: { matrix: { platform: 'linux-amd64', suffix: null }, inputs: { list: '[1, 2]' } },
});

test('expressions in a text are replaced, nothing by nothing', () => {
  expect(
    fill('agent-${{ matrix.platform }}${{ matrix.suffix }} on ${{matrix.platform}}', scope(false)),
  ).toBe('agent-linux-amd64 on linux-amd64');
});

test('one expression alone keeps its type, beside other text it becomes text', () => {
  expect(fillValue('${{ fromJSON(inputs.list) }}', scope(false))).toEqual([1, 2]);
  expect(fillValue('a ${{ fromJSON(inputs.list) }}', scope(false))).toBe('a [1,2]');
  expect(
    fillAll({ node: 24, deep: true, name: '${{ matrix.platform }}' }, scope(false)),
  ).toEqual({ node: '24', deep: 'true', name: 'linux-amd64' });
});

test.each([
  [undefined, true, false],
  ["matrix.platform == 'linux-amd64'", true, false],
  ["always() && matrix.platform == 'linux-amd64'", true, true],
  ["always() && matrix.platform == 'none'", false, false],
  ['${{ !cancelled() }}', true, true],
  ['failure()', false, true],
])('the condition %s', (condition, whenAllIsWell, afterAFailure) => {
  expect([holds(condition, scope(false)), holds(condition, scope(true))]).toEqual([whenAllIsWell, afterAFailure]);
});

import { expect, test } from 'vitest';
import { exampleText } from '../contract/example.testing.ts';
import { parseContract } from '../contract/load.ts';
import { weakeningsOf } from './promises.ts';

const limits = /^regression:.*$/m;
const loaded = (text: string) => ({ contract: parseContract(text, 'worker-contract.yaml'), file: 'c', sha256: '', warnings: [] });

/** What is weaker than the example once its limits of regressions read so. */
function after(regression: string): string[] {
  const previousRelease = { folder: 'last', contracts: [loaded(exampleText)], reports: [], unread: [] };
  return weakeningsOf({ contracts: [loaded(exampleText.replace(limits, regression))], previousRelease })
    .map(({ path, was, is }) => `${path}: ${was} -> ${is}`);
}

test('who names no limit of a regression any more asks for no comparison', () => {
  expect(after('')).toEqual([
    'regression: {"cpuPercent":5,"wallPercent":10,"throughputPercent":10,"tolerance":1} -> nothing',
  ]);
});

test('a limit that is left out is its default, and is told where that is more', () => {
  expect(after('regression: { cpuPercent: 5, tolerance: 1 }')).toEqual([
    'regression.wallPercent: 10 -> nothing', 'regression.throughputPercent: 10 -> nothing',
  ]);
  // Of executions there is no default: they are not compared at all then.
  expect(after('regression: { cpuPercent: 5, wallPercent: 10, tolerance: 1 }')).toEqual(['regression.throughputPercent: 10 -> nothing']);
  expect(after('regression: { cpuPercent: 4, wallPercent: 10, throughputPercent: 10, tolerance: 2 }')).toEqual([
    'regression.tolerance: 1 -> 2',
  ]);
});

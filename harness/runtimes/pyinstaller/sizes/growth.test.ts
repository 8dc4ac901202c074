import { expect, test } from 'vitest';
import { sampleBundle, sampleDistribution, sampleEntry, sampleModule } from '../../../run/inspect/sample.testing.ts';
import { growthText } from './growth.ts';

const last = sampleBundle({
  entries: [sampleEntry('redis/data.json', 'data', 1_000, 5_000)], modules: [sampleModule('redis', 10_000), sampleModule('app', 500)],
  distributions: [sampleDistribution('redis', '8.0.0')],
});

test('what has come is named with its size, the largest first, and what has another version with both', () => {
  const now = sampleBundle({
    entries: [
      sampleEntry('redis/data.json', 'data', 1_000, 5_000), sampleEntry('numpy/core/x.so', 'extension module', 12_000_000, 30_000_000),
      sampleEntry('libblas.so', 'library', 8_000_000, 20_000_000),
    ],
    modules: [sampleModule('redis', 30_000), sampleModule('app', 500), sampleModule('app.more', 700), sampleModule('numpy', 400_000)],
    distributions: [sampleDistribution('redis', '8.1.0'), sampleDistribution('numpy', '2.1.3')],
  });
  expect(growthText(now, last, 'storedBytes')).toBe('what has come into it since: numpy 2.1.3 (new, 12.4 MB), shared ' +
    'libraries (new, 8 MB), redis 8.0.0 → 8.1.0 (+20 kB), app (+700 bytes); new in it: libblas.so (8 MB), app.more (700 bytes)');
  expect(growthText(now, last, 'extractedBytes')).toBe('what has come into it since: numpy 2.1.3 (new, 30 MB), shared ' +
    'libraries (new, 20 MB); new in it: libblas.so (20 MB)');
});

test('of many the first five are named', () => {
  const many = Array.from({ length: 9 }, (_, index) => sampleModule(`new${index}`, 1_000 * (index + 1)));
  expect(growthText({ ...last, modules: [...last.modules, ...many] }, last, 'storedBytes')).toBe('what has come into it since: ' +
    'new8 (new, 9 kB), new7 (new, 8 kB), new6 (new, 7 kB), new5 (new, 6 kB), new4 (new, 5 kB) and 4 more');
});

test('where nothing has come that is said too', () => {
  expect(growthText(last, last, 'storedBytes')).toBe('nothing has come into it since: what it held before it loads or does otherwise');
});

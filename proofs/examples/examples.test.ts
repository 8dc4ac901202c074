import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { examples, rendered } from './rendered.ts';

// What README shows must be what frostgate writes today; npm run schemas writes it again, npm run examples makes it from new runs.
describe.for(examples)('the example %s', (example) => {
  test('every file is what the report and the decision give today', async () => {
    const files = await rendered(example);
    expect(files.size).toBeGreaterThan(12);
    const old = await Promise.all(Array.from(files, async ([file, text]) => (
      await readFile(file, 'utf8').catch(() => '') === text ? [] : [file]
    )));
    expect(old.flat()).toEqual([]);
  });
});

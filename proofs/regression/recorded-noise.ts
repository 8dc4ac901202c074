import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { median } from 'simple-statistics';
import { root } from '../support/command.ts';
import type { Noise, TwoRuns } from './noises.ts';

/** What record.ts has written. */
type Recording = { readonly pairs: readonly (readonly [number, number, number, number, number])[] };

/** A metric of the recordings: where its two runs stand in a row. */
export const recordedMetrics = { CPU: [0, 1], wall: [2, 3] } as const;

/** The noise of real launches on such a machine, or on any: windows of each recording, in their order and from anywhere in it. */
export function recordedNoises(metric: keyof typeof recordedMetrics, machine?: 'quiet' | 'busy'): readonly Noise[] {
  const [first, second] = recordedMetrics[metric];
  return globSync(`proofs/regression/recorded/version-${machine ?? '*'}.json`, { cwd: root }).toSorted().map((file) => {
    const { pairs }: Recording = JSON.parse(readFileSync(join(root, file), 'utf8'));
    const usual = median(pairs.flatMap((row) => [row[first], row[second]]));
    const runs = pairs.map((row): TwoRuns => [Math.log(row[first] / usual), Math.log(row[second] / usual)]);
    return {
      name: `recorded ${metric}, ${basename(file, '.json')}`,
      begin: (random) => {
        let index = Math.floor(random() * runs.length);
        return () => runs[index++ % runs.length] ?? [0, 0];
      },
    };
  });
}

import { describe, expect, test } from 'vitest';
import { argumentsOf, decided, goodRelease, told } from './situation.testing.ts';
import { artifactSituations } from './situations-artifact.testing.ts';
import { claimSituations } from './situations-claims.testing.ts';
import { contradictionSituations } from './situations-contradiction.testing.ts';
import { emulatedSituations } from './situations-emulated.testing.ts';
import { folderSituations } from './situations-folder.testing.ts';
import { promiseSituations } from './situations-promises.testing.ts';
import { regressionSituations } from './situations-regression.testing.ts';
import { releaseSituations } from './situations-release.testing.ts';
import { runSituations } from './situations-run.testing.ts';
import { trustSituations } from './situations-trust.testing.ts';
import { unjudgedKinds, wrongKinds } from '../model/block-kinds.ts';

const groups = {
  'the run of one platform': runSituations, 'one report': trustSituations, 'an emulated run': emulatedSituations,
  'the release of one report': contradictionSituations,
  'what a report claims': claimSituations, 'the release': releaseSituations, 'what is shipped': artifactSituations,
  'a folder that is shipped': folderSituations, 'what the last release promised': promiseSituations,
  'what the last release was': regressionSituations,
};
const all = Object.values(groups).flat();

describe.each(Object.entries(groups))('planted into %s', (_, situations) => {
  test.for(situations)('$name', async ({ plant, blocks, exit }) => {
    using release = goodRelease();
    const gate = await decided((await plant(release)) ?? argumentsOf(release));
    expect(told(gate, release)).toEqual({ blocks, exit });
  });
});

test('every kind of block has a situation that shows it, but for a file that changes under the gate', () => {
  const shown = new Set(all.flatMap(({ blocks }) => blocks.map((block) => block.slice(0, block.indexOf(':')))));
  expect([...wrongKinds, ...unjudgedKinds].filter((kind) => !shown.has(kind))).toEqual(['artifact-changed']);
});

import { expect, test } from 'vitest';
import type { FrozenBundle } from '../../bundle.ts';
import { inFolder } from '../compare/real-bundles.testing.ts';
import { compiled, writtenBundle } from '../compare/written-bundle.testing.ts';
import { newlyNamed } from './newly-named.ts';

/** A bundle that holds redis, pandas and the project's package; `main` is its script. */
async function release(folder: string, script: string, main: string, settings: string): Promise<FrozenBundle> {
  const code = { app: await compiled(''), 'app.settings': await compiled(settings), redis: await compiled(''), pandas: await compiled('') };
  return await writtenBundle(folder, {}, code, [{ name: script, kind: 'entry', code: await compiled(main) }]);
}

test('what is imported since is named with who imports it, also where the script has another name', () => inFolder(async (folder) => {
  const last = await release(`${folder}/last`, 'main', 'import app, json', 'KEY = 1');
  const now = await release(`${folder}/now`, 'start', 'import app, json, decimal, redis.client, unknown', 'import pandas as pd\nKEY = 1');
  expect(await newlyNamed(now, last)).toEqual([{ package: 'pandas', by: ['app.settings'] }, { package: 'redis', by: ['start'] }]);
  expect(await newlyNamed(last, now)).toEqual([]);
}));

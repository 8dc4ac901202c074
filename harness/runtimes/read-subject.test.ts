import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sha256OfFile } from '../system/tools/cache.ts';
import { identify } from './identify.ts';
import { buildBundles, bundlesFolder } from './pyinstaller/bundles.testing.ts';
import { readSubject } from './read-subject.ts';
import { readContents } from './subject.ts';

beforeAll(() => buildBundles(), 180_000);

const file = join(bundlesFolder, 'linux-arm64-appended');

test('a subject is what it is, its hash and all that reading it here gives', async () => {
  const identity = await identify(file);
  expect(await readSubject({ file }, identity, {})).toEqual({ identity, sha256: await sha256OfFile(file), ...(await readContents(file)) });
  const listed = await readSubject({ file }, identity, { listOnly: true });
  expect(listed).toMatchObject({ identity, bundle: { kind: 'one-file' }, problems: [] });
  expect(listed).not.toHaveProperty('secrets');
}, 60_000);

test('a file that is gone is told by the file system', async () => {
  await expect(readSubject({ file: '/nope' }, await identify(file), {})).rejects.toThrow('ENOENT');
}, 60_000);

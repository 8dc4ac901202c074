import { expect, test } from 'vitest';
import type { Entry } from '../bundle.ts';
import { inMemory } from '../native/byte-source.ts';
import { parseEntryPoints, readDistributions } from './distributions.ts';

test('entry points are read as the packaging guide writes them', () => {
  const text = '[console_scripts]\r\nfoo = foo_mod:main\n# comment\nfoo-bar=foo_mod:main [extra]\n\n[ my.plugins ]\nname = ' +
    'pkg.mod:obj.attr\nbroken line\n';
  expect(parseEntryPoints(text)).toStrictEqual([
    { group: 'console_scripts', name: 'foo', target: 'foo_mod:main' },
    { group: 'console_scripts', name: 'foo-bar', target: 'foo_mod:main [extra]' },
    { group: 'my.plugins', name: 'name', target: 'pkg.mod:obj.attr' },
  ]);
  expect(parseEntryPoints('')).toStrictEqual([]);
});

async function distributionsOf(files: Record<string, string>) {
  const bytes = Buffer.from(Object.values(files).join(''));
  let offset = 0;
  const entries = Object.entries(files).map(([name, text]): Entry => {
    offset += text.length;
    return {
      name, role: 'metadata', typeCode: 'x', storedBytes: text.length, sizeBytes: text.length, compressed: false,
      offset: offset - text.length,
    };
  });
  return (await readDistributions({ source: inMemory(bytes), folder: '.' }, entries)).distributions;
}

test('name and version are those of METADATA, else those of the folder', async () => {
  expect(await distributionsOf({
    'a_b-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\r\nName: A.b\r\nVersion: 1.0.post1\r\n\r\nVersion: 9\n',
    'a_b-1.0.dist-info/RECORD': '',
    'c-2.0.dist-info/INSTALLER': 'pip',
    'v/d-3-py3.11.egg-info': 'Name: d\nVersion: 3.1\n',
    'e-4.dist-info/METADATA': 'Summary: no name\n\nName: e\nVersion: 5\n',
  })).toStrictEqual([
    { name: 'A.b', version: '1.0.post1', folder: 'a_b-1.0.dist-info', hasMetadata: true, hasRecord: true, entryPoints: [] },
    { name: 'c', version: '2.0', folder: 'c-2.0.dist-info', hasMetadata: false, hasRecord: false, entryPoints: [] },
    { name: 'e', version: '4', folder: 'e-4.dist-info', hasMetadata: false, hasRecord: false, entryPoints: [] },
    { name: 'd', version: '3.1', folder: 'v/d-3-py3.11.egg-info', hasMetadata: true, hasRecord: false, entryPoints: [] },
  ]);
});

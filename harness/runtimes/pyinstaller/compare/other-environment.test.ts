import { expect, test } from 'vitest';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { LoadedModule } from '../../../baselines/recorder/closure.ts';
import { bundleOf, closureOf } from './bundle.testing.ts';
import { otherInside, withoutOthers } from './other-environment.ts';

const distribution = (name: string, topLevel: string[]) => ({ name, version: '2.0', folder: '', topLevel, entryPoints: [] });
const survey: Survey = {
  pythonVersion: '3.11.2', bytecodeMagic: 3495, packageFolders: ['/site'], sourceFolders: ['/project'], standardLibrary: ['/lib'],
  distributions: [distribution('SDK', ['sdk']), distribution('library', ['library']), distribution('other', ['other'])], providers: {},
  children: { sdk: ['sdk.new'] },
};
const sdk = new Map([['sdk', 'SDK 1.0 instead of 2.0']]);

function left(lines: readonly string[], held: readonly string[] = []) {
  const { closure } = withoutOthers(bundleOf(held), { closure: closureOf(lines), survey }, sdk);
  return [...closure.modules.keys()];
}

test('what belongs to another version, and what only its code imports, is left out', () => {
  expect(left(['sdk.new by sdk', 'sdk', 'library by sdk', 'library.part by library', 'other by main'])).toEqual(['other']);
});

test('what is inside is compared, whoever imported it first, and what another module inside imports', () => {
  expect(left(['sdk', 'library by sdk', 'library.part by library'], ['library'])).toEqual(['library', 'library.part']);
});

test('what the project has is never left out', () => {
  const closure = closureOf(['sdk']);
  const own = { name: 'app.flows', kind: 'module' as const, origin: '/project/app/flows.py', importer: 'sdk' };
  const recorded = { closure: { ...closure, modules: new Map<string, LoadedModule>([...closure.modules, [own.name, own]]) }, survey };
  expect([...withoutOthers(bundleOf([]), recorded, sdk).closure.modules.keys()]).toEqual(['app.flows']);
});

test('files, metadata and plugins of another version, or asked for by its code alone', () => {
  const file = (path: string, importer?: string) => ({ path, importer });
  const closure = closureOf(['sdk', 'library'], {
    files: [
      file('/site/sdk/a.txt'), file('/site/library/b.txt', 'sdk'), file('/site/library/c.txt', 'library'), file('/project/d.txt', 'sdk'),
    ],
    metadata: ['sdk', 'library'].map((importer) => ({ distribution: 'x', guarded: false, importer })),
    entryPoints: ['sdk', 'library'].map((importer) => ({ group: importer, name: undefined, importer })),
  });
  const { closure: part, survey: rest } = withoutOthers(bundleOf([]), { closure, survey }, sdk);
  expect(part.files.map(({ path }) => path)).toEqual(['/site/library/c.txt', '/project/d.txt']);
  expect(part.metadata.map(({ importer }) => importer)).toEqual(['library']);
  expect(part.entryPoints.map(({ group }) => group)).toEqual(['library']);
  expect(rest.children).toEqual({ sdk: [] });
});

test('another Python has another standard library', () => {
  const others = otherInside(bundleOf([], [], { pythonVersion: '3.12' }), [
    { name: 'SDK', installed: '2.0', found: '2.0', same: true }, { name: 'library', installed: '2.0' },
  ], survey);
  expect([...others.values()]).toEqual(['Python 3.12 instead of 3.11']);
  const closure = closureOf([]);
  const old = { name: 'asyncore', kind: 'module' as const, origin: '/lib/asyncore.py', importer: undefined };
  const recorded = { closure: { ...closure, modules: new Map([[old.name, old]]) }, survey };
  expect([...withoutOthers(bundleOf([]), recorded, others).closure.modules]).toEqual([]);
});

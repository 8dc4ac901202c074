import { expect, test } from 'vitest';
import type { SpecChange } from './edits.ts';
import { inForm, optionsOf, type Argument, type BuildForm } from './in-form.ts';
import { changeOf } from './spec-change.ts';

const list = (source: string): Argument => ({ kind: 'list', source });
const spec = (given: Record<string, Argument>, imported: string[] = []): BuildForm => (
  { kind: 'spec', file: 'app.spec', arguments: given, imported, filters: [], excluded: [] }
);
const options: BuildForm = { kind: 'options', place: 'Makefile' };

const module: SpecChange = [{ kind: 'hidden-import', name: 'b' }];
const text: SpecChange = [{ kind: 'data', name: 'app/texts', to: 'app/texts' }];
const library: SpecChange = [{ kind: 'package-data', name: 'jinja2' }];

test.each<[string, SpecChange, BuildForm, string]>([
  ['no such argument', module, spec({}), "In app.spec write hiddenimports=['b'] in Analysis(…)"],
  ['an empty list', text, spec({ datas: list('[]') }), "In app.spec write datas=[('app/texts', 'app/texts')] in Analysis(…)"],
  ['a list', module, spec({ hiddenimports: list('["a",]') }), `In app.spec write hiddenimports=["a", 'b'] in Analysis(…)`],
  ['a long list', module, spec({ hiddenimports: list(`["${'a'.repeat(200)}"]`) }), 'In app.spec write ' +
    "hiddenimports=[…, 'b'] in Analysis(…)"],
  ['a variable', module, spec({ hiddenimports: { kind: 'variable', source: 'hidden' } }), 'In app.spec write ' +
    "hidden += ['b'] above Analysis(…)"],
  ['what another file made', module, spec({ hiddenimports: { kind: 'other', source: 'HIDDEN' } }), 'In app.spec write ' +
    "hiddenimports=HIDDEN + ['b'] in Analysis(…)"],
  ['a function, which needs its import', library, spec({ datas: { kind: 'variable', source: 'datas' } }), 'In app.spec, ' +
    "above Analysis(…):\nfrom PyInstaller.utils.hooks import collect_data_files\ndatas += collect_data_files('jinja2')"],
  ['a function in a list', library, spec({ datas: list('[("x", ".")]') }, ['collect_data_files']), 'In app.spec write ' +
    "datas=[(\"x\", \".\")] + collect_data_files('jinja2') in Analysis(…)"],
  ['several', [...module, ...library, ...text], spec({}), 'In app.spec, above Analysis(…):\nfrom PyInstaller.utils.hooks import ' +
    "collect_data_files\nand in Analysis(…):\nhiddenimports=['b'],\ndatas=[('app/texts', 'app/texts')] + collect_data_files('jinja2'),"],
  ['source that is kept', [{ kind: 'keep-source', name: 'app' }, ...module], spec({}), 'In app.spec, in Analysis(…):\n' +
    "hiddenimports=['b'],\nmodule_collection_mode={'app': 'pyz+py'},"],
  ['source that is kept beside other', [{ kind: 'keep-source', name: 'app' }], spec({ module_collection_mode: list("{'x': 'py'}") }),
    "In app.spec write module_collection_mode={**{'x': 'py'}, 'app': 'pyz+py'} in Analysis(…)"],
  ['options', [...module, ...library, ...text], options, 'Add --hidden-import b --collect-data jinja2 --add-data ' +
    'app/texts:app/texts to the call of pyinstaller in Makefile'],
  ['a hook', changeOf({ hazard: 'TW-18', args: {} }) ?? [], options, 'Add --runtime-hook frozen_hook.py to the call of pyinstaller in ' +
    'Makefile, where frozen_hook.py contains:\nimport io, pyimod01_archive, pyimod02_importers\npyimod01_archive.open = io.open\n' +
    'pyimod02_importers.open = io.open'],
])('%s', (_, change, form, words) => {
  expect(inForm(change, form)).toBe(words);
});

test('what pyinstaller has no option for', () => {
  expect(inForm([{ kind: 'keep-source', name: 'app' }], options)).toBeUndefined();
  expect(inForm([], options)).toBeUndefined();
});

test('a name with a space stays one word, and sources take another option', () => {
  expect(optionsOf([{ kind: 'data', name: 'a b.md', to: '.' }, { kind: 'package-data', name: 'x', python: true }])).toEqual([
    { option: '--add-data', value: '"a b.md:."' }, { option: '--collect-all', value: 'x' },
  ]);
});

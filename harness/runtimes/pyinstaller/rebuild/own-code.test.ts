import { expect } from 'vitest';
import type { SpecChange } from '../hazards/edits.ts';
import { test } from './folder.testing.ts';
import { settled } from './own-code.ts';

const data = (name: string, ...files: string[]): SpecChange => [{ kind: 'package-data', name, files }];

test.for<[string, SpecChange, string, SpecChange]>([
  ['a folder of data', data('desk', 'desk/texts/a.txt', 'desk/texts/b.txt'), '', [{ kind: 'data', name: 'desk/texts', to: 'desk/texts' }]],
  ['a file beside code', data('desk', 'desk/prompt.md'), '', [{ kind: 'data', name: 'desk/prompt.md', to: 'desk' }]],
  ['sources that are read', data('desk', 'desk/migrations/env.py', 'desk/migrations/versions/a1.py'), '', [
    { kind: 'data', name: 'desk/migrations', to: 'desk/migrations' },
  ]],
  ['in src', data('shop', 'shop/rules/x.json'), '', [{ kind: 'data', name: 'src/shop/rules', to: 'shop/rules' }]],
  ['as a spec in a folder sees it', data('desk', 'desk/texts/a.txt'), 'packaging', [
    { kind: 'data', name: '../desk/texts', to: 'desk/texts' },
  ]],
  ['a file beside the entry', [{ kind: 'data', name: 'prompt.md', to: '.' }], '', [{ kind: 'data', name: 'app/prompt.md', to: '.' }]],
  ["a library's", data('jinja2', 'jinja2/x.txt'), '', [{ kind: 'package-data', name: 'jinja2' }]],
  ['a library beside code', [{ kind: 'libraries', name: 'desk', files: ['desk/native/libx.so'] }], 'packaging', [
    { kind: 'library', name: '../desk/native/libx.so', to: 'desk/native' },
  ]],
  ["a library's library", [{ kind: 'libraries', name: 'tls', files: ['tls/x.so'], patterns: ['*.so'] }], '', [
    { kind: 'libraries', name: 'tls', patterns: ['*.so'] },
  ]],
  ['the modules of a package', [{ kind: 'submodules', name: 'desk.migrations' }], '', [
    { kind: 'hidden-import', name: 'desk.migrations.env' }, { kind: 'hidden-import', name: 'desk.migrations.versions.a1' },
  ]],
  ["a library's modules", [{ kind: 'submodules', name: 'jinja2' }], '', [{ kind: 'submodules', name: 'jinja2' }]],
])('%s', ([, change, from, expected], { folder, write }) => {
  write(Object.fromEntries([
    'desk/__init__.py', 'desk/prompt.md', 'desk/texts/a.txt', 'desk/texts/b.txt', 'desk/migrations/__init__.py', 'desk/migrations/env.py',
    'desk/migrations/versions/a1.py', 'desk/native/libx.so', 'src/shop/rules/x.json', 'app/main.py', 'app/prompt.md', 'packaging/x.spec',
  ].map((file) => [file, ''])));
  expect(settled(change, { project: folder, entry: 'app/main.py', from })).toEqual(expected);
});

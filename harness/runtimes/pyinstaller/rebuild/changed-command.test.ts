import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { SpecChange } from '../hazards/edits.ts';
import { changeCommand } from './changed-command.ts';
import { test } from './folder.testing.ts';

const module: SpecChange = [{ kind: 'hidden-import', name: 'b' }];
const command = (run: string | string[], ...scripts: string[]) => ({ words: 'make b', run, spec: undefined, scripts });

test('options go to every call, in the command and in what it runs', ({ folder, write }) => {
  write({ Makefile: 'b:\n\tpyinstaller --exclude-module unittest main.py\n' });
  expect(changeCommand(command('pyinstaller main.py'), module, folder, folder)).toBe('pyinstaller --hidden-import b main.py');
  expect(changeCommand(command(['uv', 'run', 'pyinstaller', 'main.py']), module, folder, folder)).toEqual([
    'uv', 'run', 'pyinstaller', '--hidden-import', 'b', 'main.py',
  ]);
  const include: SpecChange = [{ kind: 'include', name: 'unittest.mock', imports: ['unittest.mock'] }];
  expect(changeCommand(command(['make', 'b'], 'Makefile'), include, folder, folder)).toEqual(['make', 'b']);
  expect(readFileSync(join(folder, 'Makefile'), 'utf8')).toBe('b:\n\tpyinstaller --hidden-import unittest.mock  main.py\n');
});

test('what options name is made', ({ folder, write }) => {
  write({ 'lib/python3.11/site-packages/alone.py': 'x = 1' });
  const change: SpecChange = [{ kind: 'runtime-hook', name: 'import io' }, { kind: 'module-copy', name: 'alone' }];
  expect(changeCommand(command('pyinstaller main.py'), change, folder, folder)).toBe(
    'pyinstaller --runtime-hook frozen_hook.py --paths frozen_modules main.py',
  );
  expect(readFileSync(join(folder, 'frozen_hook.py'), 'utf8')).toBe('import io\n');
  expect(readFileSync(join(folder, 'frozen_modules/alone.py'), 'utf8')).toBe('x = 1');
});

test('what cannot be done says why', ({ folder, write }) => {
  write({ 'b.sh': 'nuitka main.py' });
  const trying = (change: SpecChange) => () => changeCommand(command('./b.sh', 'b.sh'), change, folder, folder);
  expect(trying(module)).toThrow('make b has no call of pyinstaller to which options can be added; name its spec file as source.spec in ' +
    'the contract');
  expect(trying([{ kind: 'keep-source', name: 'app' }])).toThrow('pyinstaller has no option for it');
  expect(trying([{ kind: 'module-copy', name: 'none' }])).toThrow('has no file none.py');
});

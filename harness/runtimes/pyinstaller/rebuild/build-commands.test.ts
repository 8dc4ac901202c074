import { expect } from 'vitest';
import { plainBaseline } from '../../../baselines/survey/survey.testing.ts';
import { messageOf } from '../../../model/errors.ts';
import { buildCommands, type BuildSource } from './build-commands.ts';
import { test } from './folder.testing.ts';

/** Each command with its spec file, or why there is none. */
function found(folder: string, named?: BuildSource['named']): string[] {
  try {
    const baseline = plainBaseline(folder, '/nowhere/bin/python');
    return buildCommands({ baseline, binary: '/elsewhere/app', named }).map(
      ({ words, spec, scripts }) => [words, spec ?? 'no spec', ...scripts].join(' | '),
    );
  } catch (error) {
    return [messageOf(error).replaceAll(folder, 'P')];
  }
}

const plain = '.venv/bin/pyinstaller app.spec | app.spec';

test.for<[string, Record<string, string>, BuildSource['named'], string[]]>([
  ['the spec file alone', { 'app.spec': '' }, undefined, [plain]],
  ['a rule of the makefile goes first', {
    'app.spec': '', Makefile: 'run:\n\tpython main.py\nbinary: deps\n\t@poetry run pyinstaller app.spec\n',
  }, undefined, ['make binary | app.spec | Makefile', plain]],
  ['by variables and a script', {
    'app.spec': '', 'b.sh': 'pyinstaller app.spec', Makefile: 'SH = ./$(NAME).sh\nNAME := b\nall: ; $(SH) x\n',
  }, undefined, ['make all | app.spec | Makefile | b.sh', plain]],
  ['a rule for another executable does not', { 'app.spec': '', 'other.spec': '', Makefile: 'b:\n\tpyinstaller other.spec\n' }, undefined, [
    plain,
  ]],
  ['a rule that only installs does not', { 'app.spec': '', Makefile: 'deps:\n\tpip install pyinstaller\n' }, undefined, [plain]],
  ['a rule without a spec file', { 'main.py': '', Makefile: 'b:\n\tpyinstaller main.py\n' }, undefined, ['make b | no spec | Makefile']],
  ['a rule without a spec file beside one of that name', { 'app.spec': '', Makefile: 'b:\n\tpyinstaller main.py\n' }, undefined, [plain]],
  ['a rule that writes the spec file of that name itself', { 'app.spec': '', Makefile: 'b:\n\tpyinstaller -n app main.py\n' }, undefined,
    ['make b | no spec | Makefile', plain]],
  ['what the contract says, and nothing else', { 'app.spec': '', Makefile: 'b:\n\tpyinstaller app.spec\n' },
    { build: 'uv run pyinstaller app.spec' }, ['uv run pyinstaller app.spec | app.spec']],
  ['the same as a list, without a spec file', { 'main.py': '' }, { build: ['pyinstaller', 'main.py'] }, ['pyinstaller main.py | no spec']],
  ['the same by make', { 'app.spec': '', Makefile: 'b:\n\tpyinstaller app.spec\n' }, { build: 'make b' }, ['make b | app.spec | Makefile']],
  ['one that tells nothing builds the usual spec file', { 'app.spec': '' }, { build: 'nox -s freeze' }, ['nox -s freeze | app.spec']],
  ['nothing', {}, undefined, ['there is no spec file in P; name it as source.spec in the contract, or its build command as source.build']],
])('%s', ([, files, named, expected], { folder, write }) => {
  write(files);
  expect(found(folder, named)).toEqual(expected);
});

import { chmodSync, existsSync } from 'node:fs';
import { relative } from 'node:path';
import { expect } from 'vitest';
import { messageOf } from '../../../model/errors.ts';
import { builtFile, programsIn } from './built-file.ts';
import { test } from './folder.testing.ts';

const elf = '\u007FELF program';

test.for<[string, string[], string[], [kind: 'EXE' | 'COLLECT', name: string][] | undefined, string]>([
  ['what EXE says', ['dist/other', 'tool'], [], [['EXE', 'dist/other']], 'dist/other'],
  ['what EXE says, the one of that name', ['dist/app', 'dist/other'], [], [['EXE', 'dist/other'], ['EXE', 'dist/app']], 'dist/app'],
  ['one-dir', ['build/app/app', 'dist/app/app'], [], [['EXE', 'build/app/app'], ['COLLECT', 'dist/app']], 'dist/app/app'],
  ['what was moved away afterwards', ['release/app-1.0'], [], [['EXE', 'dist/app']], 'release/app-1.0'],
  ['what is new', ['dist/app-linux'], ['tool'], undefined, 'dist/app-linux'],
  ['what is new, not a half of it', ['build/app/app', 'dist/app/app', 'dist/app/_internal/x'], [], undefined, 'dist/app/app'],
  ['nothing', [], ['tool'], undefined, 'the build makes no executable'],
  ['two of other names', ['a', 'b'], [], undefined, 'the build makes a, b, and none is called app'],
])('%s', ([, made, there, outputs, expected], { folder, write }) => {
  const add = (files: string[]): void => {
    write(Object.fromEntries(files.map((file) => [file, elf])));
    for (const file of files) chmodSync(`${folder}/${file}`, 0o755);
  };
  add(there);
  write({ 'x.sh': '#!/bin/sh' });
  const before = programsIn(folder);
  add(made);
  const told = outputs && { analysed: 1, outputs: outputs.map(([kind, name]) => ({ kind, name: `${folder}/${name}` })) };
  expect(chosen()).toBe(expected);

  function chosen(): string {
    try {
      const file = builtFile({ folder, name: 'app', told, before });
      expect(existsSync(file)).toBe(true);
      return relative(folder, file);
    } catch (error) {
      return messageOf(error);
    }
  }
});

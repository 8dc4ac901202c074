import { expect, test } from 'vitest';
import { findingText } from './finding-text.ts';

test('a remedy of several lines stands under its label as a whole', () => {
  const remedy = 'Add a runtime hook:\nimport io, pyimod01_archive\nif io:\n    pyimod01_archive.open = io.open';
  expect(findingText({ hazard: 'TW-18', cause: 'open() is forbidden', remedy })).toBe([
    '  why  TW-18: open() is forbidden',
    '  do   Add a runtime hook:',
    '       import io, pyimod01_archive',
    '       if io:',
    '           pyimod01_archive.open = io.open',
    '',
  ].join('\n'));
});

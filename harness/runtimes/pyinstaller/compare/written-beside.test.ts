import { expect, test } from 'vitest';
import { writtenBeside } from './written-beside.ts';

const folders = { sourceFolders: ['/project'], packageFolders: ['/project/.venv/lib/python3.11/site-packages'] };
const beside = (...written: string[]) => writtenBeside({ written }, folders).flatMap(({ names }) => names);

test('what a program writes beside its code is told once; what it writes elsewhere, or Python does, is not', () => {
  expect(beside(
    '/project/app/notes.db', '/project/app/notes.db', '/project/.venv/lib/python3.11/site-packages/lib/cache.json',
    '/tmp/x', '/project/.env', '/project/app/__pycache__/x',
  )).toEqual(['file:app/notes.db', 'file:lib/cache.json']);
  expect(beside('/tmp/x')).toEqual([]);
});

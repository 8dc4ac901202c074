import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keptFromSource } from './state.ts';

test('what lies beside the code of the project, in its folder or where its sources are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'state-'));
  try {
    mkdirSync(join(folder, 'src/desk'), { recursive: true });
    writeFileSync(join(folder, 'state.db'), '');
    writeFileSync(join(folder, 'src/desk/token'), '');
    const kept = keptFromSource(['state.db', 'desk/token', 'cache/fonts.json'], [folder, join(folder, 'src')]);
    expect(kept).toEqual(['state.db', 'desk/token']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

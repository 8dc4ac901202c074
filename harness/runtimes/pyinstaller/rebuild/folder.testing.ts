import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test as base } from 'vitest';

/** A folder that is gone after the test, and what writes files into it. */
export const test = base.extend<{ folder: string; write: (files: Readonly<Record<string, string>>) => void }>({
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'frostgate-rebuild-')));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
  write: ({ folder }, use) =>
    use((files) => {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      }
    }),
});

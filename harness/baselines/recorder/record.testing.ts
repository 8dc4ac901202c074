import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { test as base } from 'vitest';
import { readClosure, recordingEnvironment, type Closure } from './closure.ts';

/** A test with a folder of its own. */
export const test = base.extend<{ folder: string }>({
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'frostgate-closure-'));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

/** Records a program of these files, whose main.py is run. */
export async function record(folder: string, files: Readonly<Record<string, string>>): Promise<{ closure: Closure; stdout: string }> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const recorded = join(folder, 'recorder');
  // Where an environment's own sitecustomize may lie.
  const environment = recordingEnvironment(recorded, join(folder, 'environment'));
  await setTimeout(20); // file systems count time in steps of some milliseconds
  const { stdout } = await execa('python3', [join(folder, 'main.py')], { env: environment, cwd: recorded, stdin: 'ignore' });
  return { closure: readClosure(recorded), stdout };
}

import { execa } from 'execa';
import type { Baseline } from './baseline.ts';

/** The start-up of a manager: the words that a person types, and each sample in ms. */
export type ManagerStart = { readonly words: string; readonly samplesMs: number[] };

/**
 * How long a baseline's manager takes to start a program that does nothing, three times; undefined where it has no command for that, or
 * the command fails. The baseline itself is started without it.
 */
export async function measureManager(
  { directory, manager: { id, runCommand } }: Baseline, signal: AbortSignal,
): Promise<ManagerStart | undefined> {
  const [file, ...args] = runCommand ?? [];
  if (file === undefined) return undefined;
  const samplesMs: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const start = performance.now();
    const { exitCode } = await execa(
      file, [...args, 'python', '-c', 'pass'], { cwd: directory, timeout: 60_000, reject: false, stdin: 'ignore', cancelSignal: signal },
    );
    if (exitCode !== 0) return undefined;
    samplesMs.push(performance.now() - start);
  }
  return { words: `${id} run`, samplesMs };
}

import { existsSync, readFileSync, writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Launch } from '../system/launch/launch.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { tellInterruption } from './interruption.ts';

/** What programs say when another one listens where they want to: EADDRINUSE, on Windows WSAEADDRINUSE. */
const inUse = /address (?:is )?already in use|EADDRINUSE|only one usage of each socket|\(os error (?:98|48|10048)\)|errno (?:98|48)\b/i;

/** The line in which a launch says that an address which it wants is taken; undefined where none does. */
export function addressInUse({ output }: Pick<Launch, 'output'>): string | undefined {
  output.read();
  return output.lines.find(({ text }) => inUse.test(text))?.text.trim();
}

const fileOf = ({ folder }: Pick<RunFolder, 'folder'>): string => join(folder, 'collision');

/**
 * Follows a launch until it ends: one that ends by itself because an address is taken, while another one of this worker was there, cannot
 * run beside it. The run is then ended, to be begun again with one launch at a time.
 */
export function watchForCollision(run: RunFolder, launch: Launch, others: () => readonly Launch[]): void {
  const beside = others().some((other) => other !== launch && other.exit === undefined);
  if (!beside) return;
  void launch.ended.then(() => {
    const line = launch.told.length > 0 ? undefined : addressInUse(launch);
    if (line === undefined || existsSync(fileOf(run))) return;
    writeFileSync(fileOf(run), line);
    tellInterruption(run.mark);
  });
}

/** What two launches of a run collided at, as one of them said it, asked once; undefined where they did not. */
export function takeCollision(run: RunFolder): string | undefined {
  const file = fileOf(run);
  if (!existsSync(file)) return undefined;
  const line = readFileSync(file, 'utf8');
  rmSync(file);
  return line;
}

import type { Command } from '../system/launch/launch.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { answerOf, interfaceIn, type Interface } from './answer.ts';
import type { Observed } from './observed.ts';

/** Asks for version and help where the worker has the flags for them: one without would start to work instead. */
export async function interfaceOf(
  run: RunFolder, start: (args: readonly string[]) => Command, { flags }: Pick<Observed, 'flags'>,
): Promise<Interface> {
  const has = (word: string): boolean => flags.some(({ words, path }) => path.length === 0 && words.includes(word));
  const version = has('--version') ? await answerOf(run, start(['--version'])) : undefined;
  const help = flags.length > 0 ? await answerOf(run, start(['--help'])) : undefined;
  return interfaceIn(version, help);
}

import type { Command } from '../system/launch/launch.ts';
import { Launch } from '../system/launch/launch.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import type { Observed } from './observed.ts';

/** What a worker can be asked, and what its version is. */
export type Interface = {
  readonly words: { readonly version: readonly string[] | undefined; readonly help: readonly string[] | undefined };
  readonly version: string | undefined;
};

const answersWithinMs = 20_000;

/** Asks for version and help where the worker has the flags for them: one without would start to work instead. */
export async function interfaceOf(
  run: RunFolder, start: (args: readonly string[]) => Command, { flags }: Pick<Observed, 'flags'>,
): Promise<Interface> {
  const has = (word: string): boolean => flags.some(({ words, path }) => path.length === 0 && words.includes(word));
  const isParsed = flags.length > 0;
  const version = isParsed && has('--version') ? await answerOf(run, start(['--version'])) : undefined;
  const help = isParsed ? await answerOf(run, start(['--help'])) : undefined;
  return {
    words: { version: version === undefined ? undefined : ['--version'], help: help === undefined ? undefined : ['--help'] },
    version: /\d+(?:\.\d+)+[\w.+-]*/.exec(version ?? '')?.[0],
  };
}

/** What it prints; undefined where it does not end with exit code 0 soon. */
async function answerOf(run: RunFolder, command: Command): Promise<string | undefined> {
  const launch = Launch.start(run, command, {});
  try {
    const exit = await launch.waitForExit(answersWithinMs);
    launch.output.read();
    const text = launch.output.text().trim();
    return exit?.code === 0 && text !== '' ? text : undefined;
  } finally {
    await launch.dispose();
  }
}

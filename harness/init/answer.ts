import { Launch, type Command } from '../system/launch/launch.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';

/** What a worker can be asked, and what its version is. */
export type Interface = {
  readonly words: { readonly version: readonly string[] | undefined; readonly help: readonly string[] | undefined };
  readonly version: string | undefined;
  /** What it prints as its help; empty where it has none. */
  readonly help: string;
};

const answersWithinMs = 20_000;

/** What a program prints; undefined where it does not end with exit code 0 soon, because it takes no notice of the flag and works. */
export async function answerOf(run: RunFolder, command: Command): Promise<string | undefined> {
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

/** What its answers to --version and --help say of it. */
export function interfaceIn(version: string | undefined, help: string | undefined): Interface {
  return {
    words: { version: version === undefined ? undefined : ['--version'], help: help === undefined ? undefined : ['--help'] },
    help: help ?? '',
    version: /\d+(?:\.\d+)+[\w.+-]*/.exec(version ?? '')?.[0],
  };
}

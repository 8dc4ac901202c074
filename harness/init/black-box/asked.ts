import { Launch } from '../../system/launch/launch.ts';
import type { RunFolder } from '../../system/launch/run-folder.ts';
import type { Knob } from '../knobs.ts';
import { roleOf } from '../roles.ts';

/** What an executable says of itself. */
export type Asked = {
  readonly version: string | undefined;
  readonly words: { readonly version: readonly string[] | undefined; readonly help: readonly string[] | undefined };
  /** Variables and flags that its help names. */
  readonly knobs: readonly Knob[];
};

const answersWithinMs = 20_000;

/** Asks an executable for its version and its help; one that takes no notice of such flags starts to work, and is ended. */
export async function askExecutable(run: RunFolder, file: string): Promise<Asked> {
  const [version, help] = await Promise.all(['--version', '--help'].map((word) => answerTo(run, file, word)));
  return {
    version: /\d+(?:\.\d+)+[\w.+-]*/.exec(version ?? '')?.[0],
    words: { version: version === undefined ? undefined : ['--version'], help: help === undefined ? undefined : ['--help'] },
    knobs: knobsIn(help ?? ''),
  };
}

async function answerTo(run: RunFolder, file: string, word: string): Promise<string | undefined> {
  const launch = Launch.start(run, { file, args: [word], variant: 'subject' }, {});
  try {
    const exit = await launch.waitForExit(answersWithinMs);
    launch.output.read();
    const text = launch.output.text().trim();
    return exit?.code === 0 && text !== '' ? text : undefined;
  } finally {
    await launch.dispose();
  }
}

/** Variables (capitals with an underscore) and flags with a value that a text names, each once, with what stands in brackets as default. */
export function knobsIn(text: string): Knob[] {
  const variables = [...text.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name);
  const flag = /(?<![\w-])(--?[a-z][\w-]*)(?=[ =](?:<\w|[A-Z]{2}|string|int|value|host))/g;
  const flags = [...text.matchAll(flag)].flatMap(([, name]) => name ?? []);
  return [...new Set([...variables, ...flags])].map((name): Knob => (
    { name, required: false, secret: roleOf({ name }) === 'secret' }
  ));
}

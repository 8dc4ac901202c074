import type { RunFolder } from '../../system/launch/run-folder.ts';
import { answerOf, interfaceIn, type Interface } from '../answer.ts';
import { knobsInHelp } from '../help-names.ts';
import type { Knob } from '../knobs.ts';

/** What an executable says of itself, and the variables and flags that its help names. */
export type Asked = Interface & { readonly knobs: readonly Knob[] };

/** Asks an executable for its version and its help; one that takes no notice of such flags starts to work, and is ended. */
export async function askExecutable(run: RunFolder, file: string): Promise<Asked> {
  const [version, help] = await Promise.all(
    ['--version', '--help'].map((word) => answerOf(run, { file, args: [word], variant: 'subject' })),
  );
  return { ...interfaceIn(version, help), knobs: knobsInHelp(help ?? '') };
}

import type { RunFolder } from '../../system/launch/run-folder.ts';
import { answerOf, interfaceIn, type Interface } from '../answer.ts';
import type { Knob } from '../knobs.ts';
import { roleOf } from '../roles.ts';

/** What an executable says of itself, and the variables and flags that its help names. */
export type Asked = Interface & { readonly knobs: readonly Knob[] };

/** Asks an executable for its version and its help; one that takes no notice of such flags starts to work, and is ended. */
export async function askExecutable(run: RunFolder, file: string): Promise<Asked> {
  const [version, help] = await Promise.all(
    ['--version', '--help'].map((word) => answerOf(run, { file, args: [word], variant: 'subject' })),
  );
  return { ...interfaceIn(version, help), knobs: knobsIn(help ?? '') };
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

import type { exitCode } from './exit-codes.ts';

/** One flag of a command line: how it is read, and what the help says of it. */
export type Flag = {
  /** What its value is, as the help shows it; absent when it takes none. */
  readonly value?: string;
  /** The only values it takes. */
  readonly words?: readonly string[];
  /** May be given several times. */
  readonly repeatable?: boolean;
  /** What a message shows as a good value. */
  readonly example?: string;
  /** Its one letter. */
  readonly short?: string;
  /** Others set `npm_config_…` of this name too: what npm may have swallowed must be a value that fits. */
  readonly fits?: (value: string) => boolean;
  /** Begins a new part of the help. */
  readonly heading?: string;
  /** What it is for, units and default included; `{silent}` stands for the words before the options of a machine. */
  readonly help: string;
  /** The same where the command is an npm script of frostgate's own sources; default: `help`. */
  readonly fromSources?: string;
};

/** One command: what its line may hold, and the rest of its help. `{line}` and `{silent}` stand for the words before the options. */
export type Command<Name extends string> = {
  readonly about: string;
  readonly usage: string;
  readonly flags: Readonly<Record<Name, Flag>>;
  /** What is named without a flag. */
  readonly operand?: { readonly name: string; readonly heading: string; readonly help: string };
  /** What stands between the words and a flag in an example; default: nothing. */
  readonly before?: string;
  /** A value in words that fit after "needs"; default: by its kind. */
  readonly needs?: (value: string) => string;
  readonly examples: readonly string[];
  readonly exits: Readonly<Record<keyof typeof exitCode, string>>;
  readonly closing?: string;
};

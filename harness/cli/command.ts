import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { areas, checkedAreas } from '../model/areas.ts';
import { platforms } from '../model/platforms.ts';
import { profiles } from '../model/profiles.ts';

/** The words that flags take. */
export const wordLists = { platforms, profiles, wholeProfiles: ['full', 'soak'], services: ['auto', 'local', 'container'] } as const;

const flag = z.strictObject({
  /** What its value is, as the help shows it; absent when it takes none. */
  value: z.string().optional(),
  /** The only values it takes: the name of a list. */
  words: z.enum(['platforms', 'profiles', 'wholeProfiles', 'services']).transform((name): readonly string[] => wordLists[name]).optional(),
  /** What its value must look like as a whole, and the same in words. */
  pattern: z.string().transform((pattern) => new RegExp(`^(?:${pattern})$`)).optional(),
  expects: z.string().optional(),
  /** May be given several times. */
  repeatable: z.literal(true).optional(),
  /** What a message shows as a good value. */
  example: z.string().optional(),
  /** Its one letter. */
  short: z.string().length(1).optional(),
  /** Others set `npm_config_…` of this name too: what npm may have swallowed must be a value that it takes. */
  shared: z.literal(true).optional(),
  /** Begins a new part of the help. */
  heading: z.string().optional(),
  /** What it is for, units and default included. */
  help: z.string(),
  /** The same where the command is an npm script of frostgate's own sources; default: `help`. */
  fromSources: z.string().optional(),
});

const command = z.strictObject({
  about: z.string(),
  usage: z.string(),
  flags: z.record(z.string(), flag),
  /** What is named without a flag. */
  operand: z.strictObject({ name: z.string(), heading: z.string(), help: z.string() }).optional(),
  /** What stands between the words and a flag in an example; default: nothing. */
  before: z.string().optional(),
  /** A value, `{value}`, in words that fit after "needs"; default: by its kind. */
  needs: z.string().optional(),
  examples: z.array(z.string()),
  /** What each exit code says. */
  exits: z.strictObject({ pass: z.string(), fail: z.string(), usage: z.string(), inconclusive: z.string() }),
  closing: z.string().optional(),
});

/** One flag of a command line: how it is read, and what the help says of it. */
export type Flag = z.infer<typeof flag>;

/** One command: what its line may hold, and the rest of its help. */
export type Command = z.infer<typeof command>;

/**
 * The tables of `npm test`, `npm run gate` and the other commands; installed `frostgate verify`, `gate` and so on. Each is read when it is
 * asked for: whoever runs one command does not wait for the others.
 */
export const commands = {
  get verify() { return readCommand('verify'); },
  get gate() { return readCommand('gate'); },
  get inspect() { return readCommand('inspect'); },
  get init() { return readCommand('init'); },
  get fetch() { return readCommand('fetch'); },
  get cache() { return readCommand('cache'); },
  get explain() { return readCommand('explain'); },
};

/** Whether a flag that takes a value takes this one. */
export function takes({ words, pattern }: Flag, value: string): boolean {
  return words?.includes(value) ?? pattern?.test(value) ?? true;
}

function readCommand(name: keyof typeof commands): Command {
  const values = { areas: checkedAreas.join(', '), anyCheckedArea: checkedAreas.join('|'), anyArea: areas.join('|') };
  const filled = Object.entries(values).reduce((text, [word, value]) => text.replaceAll(`{${word}}`, value), tables().get(name) ?? '');
  return command.parse(parse(filled));
}

/** The text of each table by its name: what stands between one line without indentation and the next. */
export function tables(): ReadonlyMap<string, string> {
  const [, ...parts] = readFileSync(new URL('commands.yaml', import.meta.url), 'utf8').split(/^(\w+):\n/m);
  return new Map(parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? '']] : [])));
}

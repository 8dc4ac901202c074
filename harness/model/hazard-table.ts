import { z } from 'zod';
import { readData } from './data.ts';
import { observationKinds, type ObservationKind } from './observation.ts';
import { untried } from './sureness.ts';

/** What a pattern captured, by group name, or an observation's own; groups that took no part are left out. */
export type Args = Readonly<Record<string, string>>;

/** What the texts about a hazard may name beside that. */
type Words = (hazard: string, args: Args) => Readonly<Record<string, string | undefined>>;

const flag = z.literal(true).optional();
/** A list is one pattern in parts. */
const pattern = z.union([z.string(), z.array(z.string())]).transform((parts) => [parts].flat().join(''));
const compiled = pattern.transform((text) => new RegExp(text));
/** Where a text comes from: output of a process (also failure messages), a workflow's history, or a process's command line. */
const sourceKind = z.enum(['output', 'history', 'argv']);
export type SourceKind = z.infer<typeof sourceKind>;

const texts = {
  /** The hazard's id, or a word for a message that no row knows. */
  hazard: z.string(),
  /** One sentence. */
  cause: z.string(),
  /** The text to put into the spec or the build, or the thing to do. */
  remedy: z.string(),
  /** The remedy has places that a person must fill in. */
  toFillIn: flag,
};

/** What a line of a log looks like, why it is there, and what to do. */
const signature = z.strictObject({
  ...texts,
  /** Tested against one line. Gaps are bounded, so that a hostile line costs linear time. */
  pattern,
  ignoreCase: flag,
  /** What must stand on the same line or on one of the next 60, where one line does not suffice. */
  followedBy: compiled.optional(),
  where: z.array(sourceKind).default(['output', 'history']),
  /** Reported even when no check failed, because a healthy worker never prints it. */
  always: flag,
  /** Dropped when the baseline printed it too. */
  subjectOnly: flag,
  /** A consequence of some cause: dropped when the same source tells a cause. */
  fallback: flag,
  /** Told only where reading the executable has shown this. */
  onlyWith: z.enum(observationKinds).optional(),
  /** The worker has started itself: a script that failed in the same text is that of such a process, which may have outlived the worker. */
  startsItself: flag,
  /** For lines that no row explains, of whatever table. */
  last: flag,
});

/** Which hazard something is that was read, why it is there, and what to do. */
const observed = z.strictObject({
  ...texts,
  /** What must stand in the arguments named; one that is missing is empty. */
  when: z.record(z.string(), compiled).default({}),
});

/** One row of the hazard table for lines of a log. */
export type Signature = ReturnType<typeof readSignatures>[number];

/** The rows for one kind of observation. */
export type ObservationRow = ReturnType<typeof rowOf>;

/**
 * Reads a table of what lines of a log look like.
 * @throws {ZodError} when a row says what no row can say.
 */
export function readSignatures(file: URL, words: Words = () => ({})) {
  const rows = readData(file, z.array(signature));
  return rows.map(({ hazard, pattern: text, ignoreCase, cause, remedy, ...row }) => ({
    ...row,
    id: hazard,
    pattern: new RegExp(text, ignoreCase ? 'i' : ''),
    cause: (args: Args) => fill(cause, { ...args, ...words(hazard, args) }),
    remedy: (args: Args) => fill(remedy, { ...args, ...words(hazard, args) }),
    sure: untried(remedy, row.toFillIn ?? false),
  }));
}

/**
 * Reads a table of what can be read of an executable: for each kind of observation the rows that tell its hazards apart.
 * @throws {ZodError} when a kind has no row for every observation, or a row says what no row can say.
 */
export function readObservationRows(file: URL, words: Words): Readonly<Record<ObservationKind, ObservationRow>> {
  const forAll = (rows: readonly z.infer<typeof observed>[]) => Object.keys(rows.at(-1)?.when ?? {}).length === 0;
  const kind = z.tuple([observed], observed).refine(forAll, 'the last row has no `when`').transform((rows) => rowOf(rows, words));
  return readData(file, z.record(z.enum(observationKinds), kind));
}

function rowOf(rows: readonly [z.infer<typeof observed>, ...z.infer<typeof observed>[]], words: Words) {
  const fitting = (args: Args) =>
    rows.find(({ when }) => Object.entries(when).every(([name, text]) => text.test(args[name] ?? ''))) ?? rows[0];
  const told = (text: 'cause' | 'remedy') => (args: Args) => {
    const row = fitting(args);
    return fill(row[text], { ...args, ...words(row.hazard, args) });
  };
  return {
    hazard: (args: Args) => fitting(args).hazard,
    cause: told('cause'),
    remedy: told('remedy'),
    sure: (args: Args) => untried(fitting(args).remedy, fitting(args).toFillIn ?? false),
    /** The command lines of what keeps the baseline's environment that the remedy speaks of; each is an argument where it is known. */
    commands: (['sync', 'production', 'build'] as const).filter((name) => rows.some(({ remedy }) => remedy.includes(`{${name}`))),
  };
}

const named = /\{(\w+)(?:\|([^{}]*))?\}/g;
const optional = /\{\?((?:[^{}|]|\{\w+\})*)(?:\|((?:[^{}]|\{\w+\})*))?\}/g;

/**
 * A row's text with what was captured: `{name}`, `{name|what stands there without one}`, and `{?piece with a {name}|other piece}`, which is
 * the other piece, or nothing, where one of the names is missing.
 */
export function fill(text: string, args: Readonly<Record<string, string | undefined>>): string {
  const chosen = text.replaceAll(optional, (_, piece: string, other = '') =>
    (Array.from(piece.matchAll(named)).every(([, name = '']) => args[name] !== undefined) ? piece : other));
  return chosen.replaceAll(named, (_, name: string, other = '?') => args[name] ?? other);
}

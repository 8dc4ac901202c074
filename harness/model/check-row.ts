import { z } from 'zod';
import { eyes } from './eyes.ts';
import { regressionMetrics } from './regression-metrics.ts';
import { areas } from './report.ts';

/** What a contract may leave out, with the checks that judge it. */
export const judged = [
  'its version command', 'its help command', 'the oldest system', 'its Python', 'its SDK', 'executions beside each other',
  'requests to a model', 'TLS and an API key', 'workflows', 'what a variable shows', 'its deployment', 'types by name',
  'activities', 'failures', 'the time of executions', 'work that moves', 'two versions at once',
] as const;

/** One check, or with `<…>` in its id all checks that are derived from one part of a contract: the rows of checks.yaml. */
export const checkRow = z.strictObject({
  id: z.templateLiteral([z.enum(areas), '.', z.string()]), // `<…>` stands for one part without a full stop
  title: z.string(), // a short sentence that is true when the check passes; `<…>` as in the id
  /**
   * What it cannot do without, by default nothing; where it is not there, the check could not judge. A check that needs `previous`, the
   * last release, is there only where one was named.
   */
  needs: z.array(z.enum(['contract', 'baseline', 'server', 'previous'])).exactOptional(),
  /**
   * When it may be not applicable, by default never. `by contract`: the contract leaves the promise out, or names nothing by which it can
   * be seen; `no secret`: it names none; `no baseline`: there is nothing to compare with; `no contents`: they cannot be listed; `no eye`:
   * this kind of worker does not show it, so it was not looked for; `one process`: the executable has no child that could be told;
   * `nothing there`: the baseline has nothing of the kind that could be compared; `quick profile`: the run was one of those, which do not
   * look for it; `emulated`: an emulator ran the executable, whose times and memory are not those of the platform.
   */
  skippable: z.array(z.enum([
    'by contract', 'no secret', 'no baseline', 'no contents', 'no eye', 'one process', 'nothing there', 'quick profile',
    'emulated',
  ])).exactOptional(),
  /** What of a contract it judges: without that, `by contract`, it is not applicable (contract/left-out.ts has what each word means). */
  judges: z.enum(judged).exactOptional(),
  /** With what it looks: where the platform or the machine lacks that, it is not applicable, told as not looked for here. */
  eye: z.enum(eyes).exactOptional(),
  /** With what it sees more: without that it judges the rest, and what it does not see is told as not looked for here. */
  eyeInPart: z.enum(eyes).exactOptional(),
  /** The limit of its number, a key of the contract's `budgets`, and how many of the check's units one of its own units is. */
  budget: z.strictObject({
    key: z.enum(['sizeMb', 'versionSeconds', 'readySeconds', 'memoryMb', 'diskMb']), unit: z.enum(['ms', 'bytes']), factor: z.number(),
  }).exactOptional(),
  /** What its number is, which stands in the performance table: the median of its measurement, or the size of the executable. */
  value: z.enum(['median', 'file size']).exactOptional(),
  /** How many samples its measurement has: one of every pair that a run measures, or of those pairs that work too. */
  samples: z.enum(['every pair', 'working pairs']).exactOptional(),
  /** What it holds against the last release, where one was named; of several the first stands in the performance table. */
  beside: z.array(z.enum(regressionMetrics)).exactOptional(),
  /** The number that it gives to compare releases by; of several checks the last one that has it. */
  key: z.enum(['readyMs', 'memoryBytes']).exactOptional(),
  /** What the executable must do for it by itself; a defect that prints nothing is told by which of these it spoils. */
  act: z.enum(['print', 'start', 'stop', 'execute']).exactOptional(),
  gives: z.literal('version').exactOptional(), // its note is the version that the executable printed
  /** A stop, `shutdown.<signal>.<target>.<moment>`: reports show it by signal and moment, with the time that it took. */
  stop: z.literal(true).exactOptional(),
  /** Of the signals that the contract names, the main one alone (contract/main-signal.ts); all of them when left out. */
  bySignal: z.literal('main').exactOptional(),
  atLeastOne: z.literal(true).exactOptional(), // every contract gives at least one of these, whatever it names
  unwaivable: z.literal(true).exactOptional(), // what fails it is not what was built, and nothing excuses that
  late: z.literal(true).exactOptional(), // it runs after all suites of areas but the measuring one: what it needs has stood idle until then
  closing: z.literal(true).exactOptional(), // it looks at the whole run: its body runs after all suites
});

export type CheckRow = z.infer<typeof checkRow>;
export type Need = NonNullable<CheckRow['needs']>[number];
export type Skip = NonNullable<CheckRow['skippable']>[number];
export type KeyNumber = NonNullable<CheckRow['key']>;
export type Act = NonNullable<CheckRow['act']>;

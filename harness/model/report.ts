import { z } from 'zod';
import { areas } from './areas.ts';
import { finding } from './finding.ts';
import { profiles } from './profiles.ts';

export { areas, type Area } from './areas.ts';
export { profiles, type Profile } from './profiles.ts';

/** The version of the report's shape; it is read before anything else. */
export const schemaVersion = 2;

const text = z.string();
export const sha256 = text.regex(/^[0-9a-f]{64}$/);
const milliseconds = z.number().nonnegative();
export const whole = z.number().int().nonnegative();
const variant = z.enum(['subject', 'baseline', 'previous']);
export const verdictOutcome = z.enum(['pass', 'fail', 'inconclusive']);

const evidence = z.strictObject({
  path: text, // relative to the folder of report.json
  sha256,
  title: text, // what the file shows, in a few words
  /** For a check that did not pass: the first and last lines of the file and those that tell the cause, in order; line numbers from 1. */
  excerpt: z.array(z.strictObject({
    number: z.number().int().positive(),
    text,
    hazard: text.optional(), // that this line gives away
  })).optional(),
});

const check = z.strictObject({
  id: text,
  area: z.enum(areas),
  title: text,
  outcome: z.enum([...verdictOutcome.options, 'not-applicable']),
  reason: text.optional(), // required unless the outcome is pass
  /** Why it was not looked for here and how to get the eye for it: all of it where the check is not applicable, else a part of it. */
  notLookedFor: text.optional(),
  expected: text.optional(),
  got: text.optional(),
  remedy: text.optional(), // what to do about a fail; a finding's remedy goes before it
  value: z.number().optional(),
  limit: z.number().optional(),
  unit: text.optional(),
  /** What the promise was held against, and how much of it: a pass without that says nothing. */
  compared: z.strictObject({ count: whole, what: text }).optional(),
  note: text.optional(), // worth reading on a pass too, for example "25 stops, exit 0 in 25"
  durationMs: milliseconds,
  evidence: z.array(evidence),
  file: text.optional(), // where the check is written, for annotations and JUnit
  line: z.number().int().optional(),
});

const executable = z.strictObject({
  file: text, // as the user named it
  sha256Before: sha256,
  sha256After: sha256.optional(), // absent when the file was gone or unreadable after the run
  sizeBytes: whole, // of all that is released
  /** Of what is released as a folder; see runtimes/native/tree-digest for what the digests are taken of. */
  tree: z.strictObject({ sha256, dirHash: sha256, files: whole }).optional(),
  mode: text,
  format: text, // for example "ELF", "Mach-O", "PE"
  platforms: z.array(text), // for example "linux-amd64"; several for a universal Mach-O
  freezer: text.optional(), // what it is made with, in words; absent when it cannot be told
  version: text.optional(), // what --version printed
});

const contents = z.strictObject({
  kind: z.enum(['one-file', 'one-dir']),
  pythonVersion: text,
  modules: whole,
  nativeFiles: whole,
  extractedFiles: whole, // what a start of a one-file executable writes; for a folder, what is in it
  extractedBytes: whole,
  storedBytes: whole,
  /** By distribution, largest first. */
  sizes: z.array(z.strictObject({ name: text, version: text.optional(), storedBytes: whole, extractedBytes: whole })),
});

/** The executable of the last release, which was launched beside the subject. */
const previous = z.strictObject({
  file: text, // as the user named it
  sha256, // of the file, or of the folder that is released
  sizeBytes: whole,
  contents: contents.optional(), // absent where they cannot be listed, or nothing was compared
});

/** One metric of one variant. */
const measurement = z.strictObject({
  metric: text, // the id of the check that judges it, for example performance.ready
  title: text,
  unit: z.enum(['ms', 'bytes', 's']),
  variant: z.enum([...variant.options, 'manager']),
  samples: z.array(z.number()), // in the order of the runs; pair n of one variant belongs to pair n of the other
  median: z.number(),
  spread: z.number(), // median absolute deviation, times 1.4826 (consistent with a normal standard deviation)
  limit: z.number().optional(),
});

/** Modules by name; far more than any program has would make the report grow without an end. */
const moduleSet = z.strictObject({
  from: z.enum(['baseline', 'archive']), // what the source had loaded when it was ready; or all that the executable holds
  names: text, // sorted, with a blank between two; in one text because a line for each would be half of the report
  omitted: whole.optional(), // so many are left out
});

/** What was decided about one metric of the subject beside the last release. */
const decision = z.strictObject({
  metric: text, // what was compared, for example cpu.ready
  check: text, // the id of the check that judges it
  answer: verdictOutcome,
  pairs: whole, // that it took; of an exact metric how often was looked
  effectPercent: z.number(), // the median change from the last release to the subject; more is worse
  intervalPercent: z.tuple([z.number(), z.number()]).optional(), // of 95 %; absent of exact metrics, and where there were too few pairs
  limitPercent: z.number().positive(), // the relative and the absolute limit as one
  sentence: text,
  unit: text,
  samples: z.strictObject({ subject: z.array(z.number()), previous: z.array(z.number()) }), // pair n is the nth of each
  /** What else the machine did during each pair, in per cent: of the time in which something waited for a CPU, and of its CPUs. */
  contention: z.array(z.strictObject({
    waitingPercent: z.number().nonnegative().exactOptional(), stolenPercent: z.number().nonnegative().exactOptional(),
  })).exactOptional(),
});

/** One measured launch, seen from outside. */
const startUp = z.strictObject({
  variant,
  /** Milliseconds from the spawn, in order; what could not be seen is left out. `unpacked`: its loader has started the program. */
  marks: z.array(z.strictObject({ name: z.enum(['unpacked', 'first import', 'first output', 'connected', 'ready']), atMs: milliseconds })),
});

/** The memory of one long-lived launch, read between checks; never while something is being measured. */
const memoryCourse = z.strictObject({
  variant,
  points: z.array(z.strictObject({
    atMs: milliseconds, // from the spawn
    bytes: whole, // of the whole process tree
    after: text, // the id of the check that had just ended
  })),
});

/** How much one launch was given in one go, and how long it had stood idle before. */
const endurance = z.strictObject({ executions: whole, idleMs: milliseconds });

/** One platform's report; every rendering is a function of this value and of nothing else. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  tool: z.strictObject({
    name: z.literal('frostgate'),
    version: text,
    commandLine: z.array(text), // secrets removed
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    profile: z.enum(profiles),
    phases: z.array(z.strictObject({ name: text, durationMs: milliseconds })), // where the time went, in order
    launches: z.strictObject({
      subject: z.number().int(),
      baseline: z.number().int(),
      previous: z.number().int().optional(), // absent where none was named
      busyMs: milliseconds, // wall time during which at least one launch was running
    }),
    peakResidentBytes: whole,
  }),
  subject: executable.nullable(),
  previous: previous.optional(), // absent where none was named
  contents: contents.nullable(), // null where they cannot be listed: by what it is made with, or because it could not be read
  /** The modules that are there before it is ready; absent where nothing tells. Shown in no text. */
  modules: moduleSet.optional(),
  platform: z.strictObject({
    id: text,
    os: text,
    architecture: text,
    libc: text.optional(),
    kernel: text,
    cpu: text,
    cores: z.number().int(),
    memoryBytes: z.number().int(),
    /** What ran the executable in place of a processor or a system of its own; absent where nothing did. */
    emulation: z.strictObject({
      by: text, // for example "QEMU (qemu-aarch64-static)"
      slowdown: z.number().min(1), // so many times as long everything takes, as was measured; so far deadlines were stretched
    }).optional(),
    containment: text.optional(), // how the run kept hold of what it started; absent in reports of versions that did not say
    ci: text.optional(), // for example "GitHub Actions, ubuntu-24.04"; absent on a desk
    commit: text.optional(), // the one that the worker's project is at, where git or the CI says so
    dirty: z.array(text).optional(), // tracked files of the project that differ from that commit; absent where none does
    runUrl: z.url({ protocol: /^https?$/ }).optional(), // the page of the CI run; absent on a desk
  }),
  server: z.strictObject({
    kind: z.enum(['dev-server', 'external']),
    address: text,
    serverVersion: text,
    cliVersion: text.optional(),
    origin: text.optional(), // where the CLI came from, in words
    sha256: sha256.optional(),
  }).nullable(),
  services: z.array(z.strictObject({ name: text, version: text, origin: text })),
  baseline: z.strictObject({ directory: text, pythonVersion: text, lockSha256: sha256.optional() }).nullable(),
  baselineAbsent: text.nullable(), // why there is no baseline; null when there is one
  contract: z.strictObject({ file: text, sha256, worker: text }).nullable(),
  expectedIds: z.array(text), // of the checks that this run owed: the whole catalogue for this contract, or what the filter left
  checks: z.array(check),
  findings: z.array(finding),
  /** What becomes of the failed checks with all remedies that were proved; absent where none was. */
  repaired: z.strictObject({
    command: text, // that built it
    patch: text.optional(), // the file with all that was changed, beside report.json; absent where it was no change of the project's texts
    checks: z.array(z.strictObject({
      id: text,
      outcome: z.enum(['repaired', 'still red', 'unchanged', 'not judged']),
      sentence: text.optional(), // the cause that is left, or why it could not be judged
    })),
  }).optional(),
  measurements: z.array(measurement),
  decisions: z.array(decision).optional(), // absent where no last release was named
  startUps: z.array(startUp), // one for each launch whose start was measured, in the order of the runs
  memoryCourses: z.array(memoryCourse),
  endurance: endurance.optional(), // absent where no launch was tried so
  partial: z.array(text), // why the run does not cover everything: `--only`, `--profile quick`; empty for a whole run
  interrupted: text.nullable(), // the signal that ended the run early
  warnings: z.array(text), // what went wrong outside the subject, each with its remedy
  notVerified: z.array(text), // what this report does not prove, in sentences
  verdict: z.strictObject({
    outcome: verdictOutcome,
    decidedBy: z.array(text), // the ids of the checks that decided it; empty for a pass
    sentence: text, // for a reader who sees nothing else
  }),
});

export type Report = z.infer<typeof reportSchema>;
export type CheckResult = Report['checks'][number];
export type Finding = Report['findings'][number];
export type Measurement = Report['measurements'][number];
export type RegressionDecision = z.infer<typeof decision>;
export type StartUp = Report['startUps'][number];
export type MemoryCourse = Report['memoryCourses'][number];
export type Endurance = z.infer<typeof endurance>;
export type Contents = NonNullable<Report['contents']>;
export type Proof = NonNullable<Finding['proof']>;
export type Evidence = CheckResult['evidence'][number];
export type Outcome = CheckResult['outcome'];
export type Verdict = Report['verdict'];

import { z } from 'zod';
import { contents, measurement, memoryCourse, startUp } from './observed.ts';

/** The version of the report's shape; it is read before anything else. */
export const schemaVersion = 2;

export const areas = [
  'artifact', 'bundle', 'startup', 'registration', 'execution', 'environment', 'shutdown', 'parity', 'resilience', 'host',
  'performance', 'upgrade',
] as const;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const milliseconds = z.number().nonnegative();

const evidence = z.strictObject({
  /** Relative to the folder of report.json. */
  path: z.string(),
  sha256,
  /** What the file shows, in a few words. */
  title: z.string(),
  /** For a check that did not pass: the first and last lines of the file and those that tell the cause, in order; line numbers from 1. */
  excerpt: z
    .array(
      z.strictObject({
        number: z.number().int().positive(),
        text: z.string(),
        /** The hazard that this line gives away. */
        hazard: z.string().optional(),
      }),
    )
    .optional(),
});

const finding = z.strictObject({
  /** The id in the hazard table, for example TW-18. */
  hazard: z.string(),
  /** What the pattern captured, for example the name of the missing module. */
  args: z.record(z.string(), z.string()),
  cause: z.string(),
  /** What to do: where possible the exact line for the spec file. */
  remedy: z.string(),
  /** The line that gave it away, and where it stands. */
  line: z.string(),
  source: z.string(),
  /** Ids of the failed checks that it explains. */
  explains: z.array(z.string()),
  /** What came of trying the remedy on a copy of the project; absent where it was not tried. */
  proof: z
    .strictObject({
      outcome: z.enum(['proved', 'did not help', 'not tried']),
      /** One sentence: what passes now, what still fails, or why it could not be tried. */
      sentence: z.string(),
    })
    .optional(),
});

const check = z.strictObject({
  id: z.string(),
  area: z.enum(areas),
  title: z.string(),
  outcome: z.enum(['pass', 'fail', 'inconclusive', 'not-applicable']),
  /** Why; required unless the outcome is pass. */
  reason: z.string().optional(),
  expected: z.string().optional(),
  got: z.string().optional(),
  /** What to do about a fail; a finding's remedy goes before it. */
  remedy: z.string().optional(),
  value: z.number().optional(),
  limit: z.number().optional(),
  unit: z.string().optional(),
  /** A short remark that is worth reading on a pass too, for example "25 stops, exit 0 in 25". */
  note: z.string().optional(),
  durationMs: milliseconds,
  evidence: z.array(evidence),
  /** Where the check is written, for annotations and JUnit. */
  file: z.string().optional(),
  line: z.number().int().optional(),
});

const executable = z.strictObject({
  /** As the user named it. */
  file: z.string(),
  sha256Before: sha256,
  /** Absent when the file was gone or unreadable after the run. */
  sha256After: sha256.optional(),
  sizeBytes: z.number().int().nonnegative(),
  mode: z.string(),
  /** For example "ELF", "Mach-O", "PE". */
  format: z.string(),
  /** For example "linux-amd64"; several for a universal Mach-O. */
  platforms: z.array(z.string()),
  /** What it is made with, in words; absent when it cannot be told. */
  freezer: z.string().optional(),
  /** What --version printed. */
  version: z.string().optional(),
});

/** One platform's report; every rendering is a function of this value and of nothing else. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  tool: z.strictObject({
    name: z.literal('frostgate'),
    version: z.string(),
    /** Secrets removed. */
    commandLine: z.array(z.string()),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    profile: z.enum(['quick', 'full']),
    /** Where the time went, by phase, in order. */
    phases: z.array(z.strictObject({ name: z.string(), durationMs: milliseconds })),
    launches: z.strictObject({
      subject: z.number().int(),
      baseline: z.number().int(),
      /** Wall time during which at least one launch was running. */
      busyMs: milliseconds,
    }),
    peakResidentBytes: z.number().int().nonnegative(),
  }),
  subject: executable.nullable(),
  /** Null where the contents cannot be listed: by what it is made with, or because it could not be read. */
  contents: contents.nullable(),
  platform: z.strictObject({
    id: z.string(),
    os: z.string(),
    architecture: z.string(),
    libc: z.string().optional(),
    kernel: z.string(),
    cpu: z.string(),
    cores: z.number().int(),
    memoryBytes: z.number().int(),
    /** For example "GitHub Actions, ubuntu-24.04"; absent on a desk. */
    ci: z.string().optional(),
    /** The commit the report is about, where the CI or git says so. */
    commit: z.string().optional(),
    /** The page of the CI run; absent on a desk. */
    runUrl: z.url({ protocol: /^https?$/ }).optional(),
  }),
  server: z
    .strictObject({
      kind: z.enum(['dev-server', 'external']),
      address: z.string(),
      serverVersion: z.string(),
      cliVersion: z.string().optional(),
      /** Where the CLI came from, in words. */
      origin: z.string().optional(),
      sha256: sha256.optional(),
    })
    .nullable(),
  services: z.array(z.strictObject({ name: z.string(), version: z.string(), origin: z.string() })),
  baseline: z
    .strictObject({
      directory: z.string(),
      pythonVersion: z.string(),
      lockSha256: sha256.optional(),
    })
    .nullable(),
  /** Why there is no baseline; null when there is one. */
  baselineAbsent: z.string().nullable(),
  contract: z.strictObject({ file: z.string(), sha256, worker: z.string() }).nullable(),
  /** Ids of the checks that this run owed: the whole catalogue for this contract, or what the filter left. */
  expectedIds: z.array(z.string()),
  checks: z.array(check),
  findings: z.array(finding),
  measurements: z.array(measurement),
  /** One entry for each launch whose start was measured, in the order of the runs. */
  startUps: z.array(startUp),
  memoryCourses: z.array(memoryCourse),
  /** Why the run does not cover everything: `--only`, `--profile quick`; empty for a whole run. */
  partial: z.array(z.string()),
  /** The signal that ended the run early. */
  interrupted: z.string().nullable(),
  /** What went wrong outside the subject, each with its remedy. */
  warnings: z.array(z.string()),
  /** What this report does not prove, in sentences. */
  notVerified: z.array(z.string()),
  verdict: z.strictObject({
    outcome: z.enum(['pass', 'fail', 'inconclusive']),
    /** The ids of the checks that decided it; empty for a pass. */
    decidedBy: z.array(z.string()),
    /** One sentence for a reader who sees nothing else. */
    sentence: z.string(),
  }),
});

export type Report = z.infer<typeof reportSchema>;
export type CheckResult = Report['checks'][number];
export type Finding = Report['findings'][number];
export type Measurement = Report['measurements'][number];
export type StartUp = Report['startUps'][number];
export type MemoryCourse = Report['memoryCourses'][number];
export type Contents = NonNullable<Report['contents']>;
export type Proof = NonNullable<Finding['proof']>;
export type Evidence = CheckResult['evidence'][number];
export type Outcome = CheckResult['outcome'];
export type Verdict = Report['verdict'];
export type Area = CheckResult['area'];

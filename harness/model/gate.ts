import { z } from 'zod';
import { unjudgedKinds, wrongKinds } from './block-kinds.ts';
import { areas, sha256, verdictOutcome, whole } from './report.ts';

/** The version of gate.json's shape; it is read before anything else. */
export const gateVersion = 2;

const kind = z.enum([...wrongKinds, ...unjudgedKinds]);
/** Cleaned of everything that could reorder, colour or command; on one line. */
const text = z.string();

/** `waived`: a pass only because a waiver excuses checks. */
const state = z.enum(['pass', 'waived', 'fail', 'inconclusive']);

const areaCounts = z.strictObject({
  area: z.enum(areas),
  state,
  passed: whole,
  failed: whole,
  inconclusive: whole,
  notApplicable: whole,
  neverRan: whole, // owed and without an answer
  waived: whole, // failed or inconclusive, excused by a waiver; not in the other counts
});

/** What a report decided about one metric beside the last release. */
const compared = z.strictObject({
  metric: text,
  check: text, // the id of the check that judges it
  answer: verdictOutcome,
  waived: z.boolean(), // it is no pass, and a waiver excuses its check
  effectPercent: z.number(), // the median change from the last release; more is worse
  intervalPercent: z.tuple([z.number(), z.number()]).optional(), // of 95 %; absent of exact metrics, and where there were too few pairs
  limitPercent: z.number(),
  pairs: whole,
  sentence: text,
});

const platform = z.strictObject({
  id: text, // the platform; with the worker before it (`WORKER/PLATFORM`) where there are several
  worker: text.optional(), // where there are several
  emulatedBy: text.optional(), // what ran the executable in place of its platform; absent where nothing did
  required: z.boolean(),
  state: z.enum([...state.options, 'missing']),
  problems: z.array(kind), // the kinds of the blocks that name this platform
  report: z.strictObject({
    file: text,
    sha256, // of the bytes of report.json
    /** The page and the Markdown of the report, relative to gate.json; absent when they are not near it. */
    page: text.optional(),
    markdown: text.optional(),
    verdict: z.strictObject({ outcome: verdictOutcome, sentence: text }), // worked out anew from the checks, without waivers
    toolVersion: text,
    endedAt: text,
    commit: text.optional(),
    contractSha256: sha256.optional(),
    signedBy: text.optional(), // whose signature of its test result was verified
  }).nullable(),
  subject: z.strictObject({ file: text, sha256, version: text.optional() }).nullable(),
  areas: z.array(areaCounts),
  numbers: z.strictObject({
    sizeBytes: z.number().optional(),
    readyMs: z.number().optional(), // median from start until the server lists the worker
    memoryBytes: z.number().optional(), // median of the process tree
  }),
  decisions: z.array(compared).optional(), // absent where it was not compared with the last release
});

const artifact = z.strictObject({
  file: text,
  sha256: sha256.optional(), // absent when it could not be read
  sizeBytes: whole.optional(),
  platforms: z.array(text), // whose report is about it
});

const waiver = z.strictObject({
  id: text,
  platform: text.optional(), // absent: on every platform
  reason: text,
  until: z.iso.date(), // the last day (UTC) on which it holds
  state: z.enum(['used', 'unused', 'expired']),
  excuses: z.array(text), // the platforms on which the check did not pass and is excused
});

const trendPoint = z.strictObject({
  version: text, // what the executable printed as its version
  at: text, // when it was verified (ISO, UTC)
  value: z.number(),
  current: z.boolean(), // of the release that is judged here
});

/** One decision over all platforms; everything else that the gate writes is a rendering of it. */
export const gateSchema = z.strictObject({
  gateVersion: z.literal(gateVersion),
  tool: z.strictObject({ name: z.literal('frostgate'), version: text }),
  decidedAt: z.iso.datetime(),
  verdict: z.strictObject({ outcome: verdictOutcome, sentence: text }),
  /** Why it is not a pass: what is known to be `wrong` first, then what could not be judged; empty for a pass. */
  blocks: z.array(z.strictObject({
    kind,
    severity: z.enum(['wrong', 'unjudged']),
    platform: text.optional(),
    sentence: text, // the platform, the thing, the rule and what to do
  })),
  required: z.array(text),
  worker: text.nullable(), // of several all names
  commit: text.nullable(), // the one that was asked for, else the one that all reports name; null when there is none
  contracts: z.array(z.strictObject({ file: text, sha256 })), // those that were given, of each worker one, else the one that reports name
  platforms: z.array(platform), // the required ones in the order of `--require`, then others that have a report
  artifacts: z.array(artifact), // the files about to be shipped
  waivers: z.array(waiver),
  warnings: z.array(text), // what a reader should know and what blocks nothing
  notChecked: z.array(text), // what this gate was not asked to compare, in sentences
  /** How size, start-up and memory moved; shown, never judged. Empty without earlier reports. */
  trend: z.array(z.strictObject({
    metric: z.enum(['size', 'ready', 'memory']),
    title: text,
    unit: z.enum(['bytes', 'ms']),
    series: z.array(z.strictObject({ platform: text, points: z.array(trendPoint) })),
  })),
});

export type Gate = z.infer<typeof gateSchema>;
export type GatePlatform = Gate['platforms'][number];
export type GateWaiver = Gate['waivers'][number];
export type AreaCounts = GatePlatform['areas'][number];
export type GateDecision = z.infer<typeof compared>;
export type KeyNumbers = GatePlatform['numbers'];
export type Trend = Gate['trend'][number];
export type Block = Gate['blocks'][number];

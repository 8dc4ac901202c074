import { z } from 'zod';
import { areas } from './report.ts';
import { unjudgedKinds, wrongKinds } from './block-kinds.ts';

/** The version of gate.json's shape; it is read before anything else. */
export const gateVersion = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const kind = z.enum([...wrongKinds, ...unjudgedKinds]);
const count = z.number().int().nonnegative();
/** Cleaned of everything that could reorder, colour or command; on one line. */
const text = z.string();
const outcome = z.enum(['pass', 'fail', 'inconclusive']);

/** `waived`: a pass only because a waiver excuses checks. */
const state = z.enum(['pass', 'waived', 'fail', 'inconclusive']);

const areaCounts = z.strictObject({
  area: z.enum(areas),
  state,
  passed: count,
  failed: count,
  inconclusive: count,
  notApplicable: count,
  /** Owed and without an answer. */
  neverRan: count,
  /** Failed or inconclusive checks that a waiver excuses; they are not in the other counts. */
  waived: count,
});

const numbers = z.strictObject({
  sizeBytes: z.number().optional(),
  /** Median from start until the server lists the worker. */
  readyMs: z.number().optional(),
  /** Median memory of the process tree. */
  memoryBytes: z.number().optional(),
});

const platform = z.strictObject({
  id: text,
  required: z.boolean(),
  state: z.enum([...state.options, 'missing']),
  /** The kinds of the blocks that name this platform. */
  problems: z.array(kind),
  report: z
    .strictObject({
      file: text,
      /** Of the bytes of report.json. */
      sha256,
      /** The page and the Markdown of the report, relative to gate.json; absent when they are not near it. */
      page: z.string().optional(),
      markdown: z.string().optional(),
      /** As worked out anew from the checks, without waivers. */
      verdict: z.strictObject({ outcome, sentence: text }),
      toolVersion: text,
      endedAt: text,
      commit: text.optional(),
      contractSha256: sha256.optional(),
    })
    .nullable(),
  subject: z.strictObject({ file: text, sha256, version: text.optional() }).nullable(),
  areas: z.array(areaCounts),
  numbers,
});

const trendPoint = z.strictObject({
  /** What the executable printed as its version. */
  version: text,
  /** When it was verified (ISO, UTC). */
  at: z.string(),
  value: z.number(),
  /** Of the release that is judged here. */
  current: z.boolean(),
});

/** One decision over all platforms; everything else that the gate writes is a rendering of it. */
export const gateSchema = z.strictObject({
  gateVersion: z.literal(gateVersion),
  tool: z.strictObject({ name: z.literal('frostgate'), version: text }),
  decidedAt: z.iso.datetime(),
  verdict: z.strictObject({ outcome, sentence: text }),
  /** Why it is not a pass: what is wrong first, then what could not be judged; empty for a pass. */
  blocks: z.array(
    z.strictObject({
      kind,
      /** `wrong`: known to be wrong; `unjudged`: could not be judged. */
      severity: z.enum(['wrong', 'unjudged']),
      platform: text.optional(),
      /** The platform, the thing, the rule and what to do. */
      sentence: text,
    }),
  ),
  required: z.array(text),
  worker: text.nullable(),
  /** The commit that was asked for, else the one that all reports name; null when there is none. */
  commit: text.nullable(),
  contract: z.strictObject({ file: text, sha256 }).nullable(),
  /** The required platforms in the order of `--require`, then others that have a report. */
  platforms: z.array(platform),
  /** The files about to be shipped. */
  artifacts: z.array(
    z.strictObject({
      file: text,
      /** Absent when it could not be read. */
      sha256: sha256.optional(),
      sizeBytes: count.optional(),
      /** Whose report is about it. */
      platforms: z.array(text),
    }),
  ),
  waivers: z.array(
    z.strictObject({
      id: text,
      /** Absent: on every platform. */
      platform: text.optional(),
      reason: text,
      /** The last day (UTC) on which it holds. */
      until: z.iso.date(),
      state: z.enum(['used', 'unused', 'expired']),
      /** The platforms on which the check did not pass and is excused. */
      excuses: z.array(text),
    }),
  ),
  /** What a reader should know and what blocks nothing. */
  warnings: z.array(text),
  /** What this gate was not asked to compare, in sentences. */
  notChecked: z.array(text),
  /** How size, start-up and memory moved; shown, never judged. Empty without earlier reports. */
  trend: z.array(
    z.strictObject({
      metric: z.enum(['size', 'ready', 'memory']),
      title: z.string(),
      unit: z.enum(['bytes', 'ms']),
      series: z.array(z.strictObject({ platform: text, points: z.array(trendPoint) })),
    }),
  ),
});

export type Gate = z.infer<typeof gateSchema>;
export type GatePlatform = Gate['platforms'][number];
export type GateWaiver = Gate['waivers'][number];
export type AreaCounts = GatePlatform['areas'][number];
export type KeyNumbers = GatePlatform['numbers'];
export type Trend = Gate['trend'][number];
export type Block = Gate['blocks'][number];

import { z } from 'zod';

const milliseconds = z.number().nonnegative();

/** One metric of one variant. */
export const measurement = z.strictObject({
  /** The id of the check that judges it, for example performance.ready. */
  metric: z.string(),
  title: z.string(),
  unit: z.enum(['ms', 'bytes', 's']),
  variant: z.enum(['subject', 'baseline', 'previous', 'manager']),
  /** Every sample in the order of the runs; pair n of one variant belongs to pair n of the other. */
  samples: z.array(z.number()),
  median: z.number(),
  /** Median absolute deviation, times 1.4826 (consistent with a normal standard deviation). */
  spread: z.number(),
  limit: z.number().optional(),
});

/** One measured launch, seen from outside. */
export const startUp = z.strictObject({
  variant: z.enum(['subject', 'baseline', 'previous']),
  /** Milliseconds from the spawn, in order; what could not be seen is left out. `unpacked`: the program has been started. */
  marks: z.array(z.strictObject({ name: z.enum(['unpacked', 'first import', 'first output', 'connected', 'ready']), atMs: milliseconds })),
});

/** What was read from the executable without running it. */
export const contents = z.strictObject({
  kind: z.enum(['one-file', 'one-dir']),
  pythonVersion: z.string(),
  modules: z.number().int().nonnegative(),
  nativeFiles: z.number().int().nonnegative(),
  /** What a start of a one-file executable writes; for a folder, what is in it. */
  extractedFiles: z.number().int().nonnegative(),
  extractedBytes: z.number().int().nonnegative(),
  storedBytes: z.number().int().nonnegative(),
  /** By distribution, largest first. */
  sizes: z.array(
    z.strictObject(
      {
        name: z.string(), version: z.string().optional(), storedBytes: z.number().int().nonnegative(),
        extractedBytes: z.number().int().nonnegative(),
      },
    ),
  ),
});

/** The memory of one long-lived launch, read between checks; never while something is being measured. */
export const memoryCourse = z.strictObject({
  variant: z.enum(['subject', 'baseline', 'previous']),
  points: z.array(
    z.strictObject({
      /** From the spawn. */
      atMs: milliseconds,
      /** Of the whole process tree. */
      bytes: z.number().int().nonnegative(),
      /** The id of the check that had just ended. */
      after: z.string(),
    }),
  ),
});

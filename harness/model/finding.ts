import { z } from 'zod';
import { surenessKinds } from './sureness.ts';

const text = z.string();

/** A diagnosed defect as a report keeps it: what it is, what to do, what gave it away, and what came of trying that. */
export const finding = z.strictObject({
  hazard: text, // its id in the hazard table, for example TW-18
  args: z.record(text, text), // what the pattern captured, for example the name of the missing module
  cause: text,
  remedy: text, // what to do: where possible the exact line for the spec file
  line: text, // what gave it away
  source: text, // where that line stands
  explains: z.array(text), // ids of failed checks
  sure: z.enum(surenessKinds).optional(), // how far the remedy may be believed; absent in reports of versions that did not say
  /** What came of trying the remedy on a copy of the project; absent where it was not tried. */
  proof: z.strictObject({
    // In part: what was missing is there, and the checks fail all the same.
    outcome: z.enum(['proved', 'in part', 'did not help', 'not tried']),
    sentence: text, // what passes now, what still fails, by which command it was built, or why it could not be tried
  }).optional(),
});

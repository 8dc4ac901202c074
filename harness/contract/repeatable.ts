import { exactText } from '../model/exact-json.ts';
import type { Contract } from './schema.ts';

/** `{n}` in a text, or alone and without quotes, which YAML reads as a mapping. */
const number = /\{n\}|\{"n":null\}/;

/**
 * Whether an execution may be begun more than once on a launch: one that promises to run beside none of its kind shares something with
 * them, which its number alone keeps apart.
 */
export function isRepeatable({ concurrency, input, steps = [] }: Contract['executions'][number]): boolean {
  return concurrency !== 1 || number.test(exactText([input, steps.map((step) => step.input)]) ?? '');
}

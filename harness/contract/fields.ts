import { z } from 'zod';

/** A word list for a sentence: `a, b, c`. */
function wordList(words: readonly string[]): string {
  return words.join(', ');
}

/** A text that is not empty. */
export function text(description: string) {
  const error = 'expected text';
  return z.string({ error }).min(1, { error }).describe(description);
}

/** A text of a given shape; `rule` says which one, as in "expected `rule`". */
export function textLike(pattern: RegExp, rule: string, description: string) {
  const error = `expected ${rule}`;
  return z.string({ error }).regex(pattern, { error }).describe(description);
}

/** The value of an environment variable: text, number, true or false; always text afterwards. */
export function scalar(description: string) {
  return z
    .union([z.string(), z.number(), z.boolean()], { error: 'expected text, a number, true or false' })
    .transform(String)
    .describe(description);
}

/** A list of environment values. */
export function scalarList(description: string) {
  return z.array(scalar('One value.'), { error: 'expected a list of strings' }).describe(description);
}

/** A list of texts. */
export function textList(description: string) {
  return z.array(text('One entry.'), { error: 'expected a list of strings' }).describe(description);
}

/** One of a few words. */
export function oneOf<const Words extends readonly string[]>(words: Words, description: string) {
  return z.enum(words, { error: `expected one of ${wordList(words)}` }).describe(description);
}

/** A list in which each word stands at most once. */
export function listOf<const Words extends readonly [string, ...string[]]>(words: Words, description: string) {
  return z
    .array(oneOf(words, 'One of them.'), { error: `expected a list of ${wordList(words)}` })
    .refine((list) => new Set(list).size === list.length, { error: 'names the same entry twice' })
    .describe(description);
}

/** A number above zero and below infinity: a limit of 0 or infinity would judge nothing. */
export function limit(description: string) {
  const error = 'expected a number above 0 and below infinity';
  return z.number({ error }).positive({ error }).describe(description);
}

/** True or false. */
export function flag(description: string) {
  return z.boolean({ error: 'expected true or false' }).describe(description);
}

/** A mapping in which every other key is an error. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape, description: string) {
  return z.strictObject(shape, { error: 'expected a mapping' }).describe(description);
}

/** A mapping from names to values of one kind. */
export function mapping<Key extends z.ZodString, Value extends z.core.$ZodType>(key: Key, value: Value, description: string) {
  return z.record(key, value, { error: 'expected a mapping' }).describe(description);
}

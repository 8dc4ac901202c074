import { z } from 'zod';

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
  const error = 'expected text, a number, true or false';
  return z.union([z.string(), z.number(), z.boolean()], { error }).transform(String).describe(description);
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
  return z.enum(words, { error: `expected one of ${words.join(', ')}` }).describe(description);
}

/** A list in which each word stands at most once. */
export function listOf<const Words extends readonly [string, ...string[]]>(words: Words, description: string) {
  return z.array(oneOf(words, 'One of them.'), { error: `expected a list of ${words.join(', ')}` })
    .refine((list) => new Set(list).size === list.length, { error: 'names the same entry twice' })
    .describe(description);
}

/** A number above zero and below infinity: a limit of 0 or infinity would judge nothing. */
export function limit(description: string) {
  const error = 'expected a number above 0 and below infinity';
  return z.number({ error }).positive({ error }).describe(description);
}

/** A whole number from `least` to `most`; `rule` says which one. */
export function between(least: number, most: number, rule: string) {
  const error = `expected ${rule}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** True or false. */
export function flag(description: string) {
  return z.boolean({ error: 'expected true or false' }).describe(description);
}

/** A mapping in which every other key is an error, whose message is the list of those that are known. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape, description: string) {
  const known = Object.keys(shape).join(', ');
  const error = ({ code }: { readonly code: string }) => (code === 'unrecognized_keys' ? known : 'expected a mapping');
  return z.strictObject(shape, { error }).describe(description);
}

/** The refinement by which exactly one of these keys must be there; rules on the whole work with what is right in itself. */
export function exactlyOne(...keys: readonly string[]) {
  return [
    (value: object) => keys.filter((key) => Object.hasOwn(value, key)).length === 1,
    { error: `expected exactly one of ${keys.join(', ')}`, abort: true },
  ] as const;
}

/** The refinement by which at least one of these keys must be there. */
export function atLeastOne(...keys: readonly string[]) {
  return [
    (value: object) => keys.some((key) => Object.hasOwn(value, key)), { error: `expected ${keys.join(' or ')}`, abort: true },
  ] as const;
}

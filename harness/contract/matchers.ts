import { bytesIn, isBase64 } from '../model/bytes.ts';

/** What `{ $any: KIND }` in an expected result stands for: any value of that kind. */
const kinds = {
  value: () => true,
  string: (got: unknown) => typeof got === 'string',
  number: (got: unknown) => typeof got === 'number' || typeof got === 'bigint',
  integer: (got: unknown) => typeof got === 'bigint' || Number.isInteger(got),
  boolean: (got: unknown) => typeof got === 'boolean',
  object: (got: unknown) => typeof got === 'object' && got !== null && !Array.isArray(got) && !(got instanceof Uint8Array),
  list: (got: unknown) => Array.isArray(got),
  bytes: (got: unknown) => got instanceof Uint8Array,
} as const satisfies Record<string, (got: unknown) => boolean>;

type Kind = keyof typeof kinds;

const isKind = (name: unknown): name is Kind => typeof name === 'string' && Object.hasOwn(kinds, name);

/**
 * Whether a value is one that a matcher stands for: `{ $any: string }` for any of a kind, `{ $matches: "^ok" }` for a text in which a
 * regular expression (ECMAScript's, with the flag u) finds something, `{ $base64: "AAE=" }` for these bytes.
 * @returns undefined where the expected value is no matcher.
 */
export function matches(expected: object, got: unknown): boolean | undefined {
  const [[name, argument] = []] = Object.entries(expected);
  if (name === '$any' && isKind(argument)) return kinds[argument](got);
  const bytes = bytesIn(expected);
  if (bytes !== undefined) return got instanceof Uint8Array && Buffer.from(bytes).equals(got);
  if (name === '$matches' && typeof argument === 'string') return typeof got === 'string' && new RegExp(argument, 'u').test(got);
  return undefined;
}

/** What is wrong with an expected value, as one sentence that begins with where; undefined where nothing is. */
export function expectedProblem(value: unknown, path = 'result'): string | undefined {
  if (Array.isArray(value)) return firstOf(value.map((item, index) => expectedProblem(item, `${path}.${index}`)));
  if (typeof value === 'number' && !Number.isFinite(value)) return `${path} is ${value}, which no JSON holds`;
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  if (entries.length === 0) return `${path} is {}, which compares nothing; write { $any: object } where any object is right, or the keys ` +
    'that are promised';
  const [matcher, ...more] = entries.filter(([key]) => key.startsWith('$'));
  if (matcher === undefined) return firstOf(entries.map(([key, item]) => expectedProblem(item, `${path}.${key}`)));
  const [name, argument] = matcher;
  if (more.length > 0 || entries.length > 1) return `${path} has ${name} beside other keys; a matcher stands alone`;
  if (name === '$any') return isKind(argument) ? undefined : `${path}.$any must be one of ${Object.keys(kinds).join(', ')}`;
  if (name === '$base64') return typeof argument === 'string' && isBase64(argument) ? undefined : `${path}.$base64 must be base64`;
  if (name !== '$matches') return `${path} has ${name}, which is no matcher; there are $any, $matches and $base64`;
  return typeof argument === 'string' && isExpression(argument) ? undefined : `${path}.$matches must be a regular expression`;
}

/** What is wrong with an argument that is to be bytes; undefined where nothing is. */
export function argumentProblem(value: unknown): string | undefined {
  const isBytes = typeof value === 'object' && value !== null && Object.hasOwn(value, '$base64');
  return isBytes && bytesIn(value) === undefined ? '$base64 must be base64, and stand alone' : undefined;
}

const firstOf = (problems: readonly (string | undefined)[]): string | undefined => problems.find((problem) => problem !== undefined);

function isExpression(text: string): boolean {
  try {
    // The number of the execution stands there when it is used.
    return text !== '' && new RegExp(text.replaceAll('{n}', '1'), 'u').source !== '';
  } catch {
    return false;
  }
}

/** A value that must not appear in anything that is published. */
export type Secret = { readonly name: string; readonly value: string };

/** What a key of a known kind begins with, which is no secret: sk-ant-api03-, ghp_, AKIA, AIza, SG., xoxb-. */
export const knownPrefix = /^(?:AKIA|ASIA|AIza|SG\.|xox[a-z]-|(?:[a-z]{2,8}\d{0,2}[-_]){1,3})/;

/** Less is no secret, and what is random of it may occur by chance. */
const shortestPart = 8;

/** A long part is searched for by the line or, without lines, by so many characters: each of them alone is telling. */
const longestPart = 96;

/**
 * The parts of a secret that are nobody's guess, each of which alone gives it away: the lines of a PEM, the password of a URL, the values
 * under telling keys of a JSON object, payload and signature of a JWT, else the value without a known prefix. Empty where it has none, a
 * URL without user information for example.
 */
export function partsOf(value: string): string[] {
  return secretTextsOf(value).flatMap(cut).filter((part) => part.length >= shortestPart);
}

/** Keys of a JSON object under which secrets stand. */
export const tellingKey = /key|secret|token|password/i;

function secretTextsOf(value: string): string[] {
  const json = jsonObject(value);
  if (json !== undefined) return [...tellingTexts(json)].flatMap(secretTextsOf);
  if (value.includes('-----BEGIN ')) return value.split(/\r?\n|\\n/).filter((line) => !line.startsWith('-----'));
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return urlSecrets(value);
  const [, payload, signature] = /^eyJ[\w-]*\.([\w-]+)\.([\w-]+)$/.exec(value) ?? [];
  if (payload !== undefined && signature !== undefined) return [signature];
  return [value.replace(knownPrefix, '')];
}

/** The object that a text is, undefined where it is none. */
export function jsonObject(text: string): object | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The texts below telling keys, at any depth. */
export function* tellingTexts(object: object): Generator<string> {
  for (const [key, value] of Object.entries(object)) {
    if (typeof value === 'string' && tellingKey.test(key)) yield value;
    else if (typeof value === 'object' && value !== null) yield* tellingTexts(value);
  }
}

/** A password as it is written in the URL and as it is meant. */
function urlSecrets(value: string): string[] {
  const [, user = '', password] = /^[a-z][a-z0-9+.-]*:\/\/([^:@/?#]*)(?::([^@/?#]*))?@/i.exec(value) ?? [];
  const text = password ?? user;
  return [...new Set([text, decoded(text)])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function cut(text: string): string[] {
  if (text.length <= longestPart) return [text];
  const count = Math.ceil(text.length / longestPart);
  const size = Math.ceil(text.length / count);
  return Array.from({ length: count }, (_, index) => text.slice(index * size, (index + 1) * size));
}

/** How many bits were drawn for a text whose letters and digits were drawn by their class. */
export function drawnBits(text: string): number {
  if (/^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text) && /[a-f]/i.test(text)) return 4 * text.length;
  const digits = text.match(/\d/g)?.length ?? 0;
  const letters = text.match(/[a-z]/gi)?.length ?? 0;
  return digits * Math.log2(10) + letters * Math.log2(26);
}

/** Fewer random bits occur by chance in what a run leaves. */
const leastBits = 64;

/** Whether a value is long enough for what is found of it to be no chance. */
export function isTelling(value: string): boolean {
  return Math.max(0, ...partsOf(value).map(drawnBits)) >= leastBits;
}

import { posix } from 'node:path';
import { parseEnv } from 'node:util';
import secrets from './secrets.json' with { type: 'json' };

/** A name is looked at from its end. */
const pathLimit = 500;

/** Files that hold nothing but a secret, or one when something is in them. */
const places = secrets.files.map(({ what, path, within = '', ignoreCase }) => ({
  what, path: new RegExp(path, ignoreCase === 'path' ? 'i' : ''), within: new RegExp(within, ignoreCase === 'within' ? 'i' : ''),
}));

/** What a file holds that is called like a place for secrets, when there are some in it; `text` is its beginning. */
export function secretFile(fullPath: string, text: string): string | undefined {
  const path = fullPath.slice(-pathLimit);
  if (text.trim() === '') return undefined;
  if (isDotenv(posix.basename(path))) return hasValues(text) ? 'a set of environment variables' : undefined;
  return places.find((place) => place.path.test(path) && place.within.test(text))?.what;
}

/** `.env` and `.env.production`; a template to copy is none. */
function isDotenv(name: string): boolean {
  return /^\.env(?:\..+)?$/.test(name) && !/\.(?:example|sample|template|dist|defaults?)$/.test(name);
}

function hasValues(text: string): boolean {
  return Object.values(parseEnv(text)).some((value) => value?.trim());
}

import type { Contract } from '../../../../contract/schema.ts';
import type { Secret } from '../../../../system/redact.ts';

/** Names as people give them to secrets; MAX_TOKENS and TOKENIZER are none. */
const secretName = /(?:^|_)(?:\w*KEY|TOKEN|SECRET|\w*PASSWORD|\w*PASSWD|CREDENTIALS?)(?:$|_)/i;

/** Not the secret, but where it lies or what it is called. */
const aboutSecret = /_(?:FILE|PATH|DIR|URL|NAME|ID)$/i;

/**
 * Those of some environment variables (of the baseline's `.env`, for example) whose values nobody else may have: variables that the
 * contract calls
 * secret, and those with such a name. A value that could stand in any library by chance is left out: one under 8 characters, and up to
 * 15 characters one without both letters and digits, such as "password" or "test-key".
 */
export function privateValues(
  variables: Readonly<Record<string, string | undefined>>, environment: Contract['environment'] = {},
): Secret[] {
  return Object.entries(variables).flatMap(([name, value = '']) => {
    const isSecret = environment[name]?.secret === true || (secretName.test(name) && !aboutSecret.test(name));
    return isSecret && isUnlikely(value) ? [{ name, value }] : [];
  });
}

function isUnlikely(value: string): boolean {
  if (value.length < 8 || new Set(value).size < 6) return false;
  return value.length >= 16 || (/\d/.test(value) && /\p{L}/u.test(value));
}

import { createPrivateKey, generateKeyPairSync, randomBytes, randomInt, randomUUID, type KeyObject } from 'node:crypto';
import { jsonObject, knownPrefix, tellingKey } from '../../system/secrets/secret.ts';

/**
 * A new value that a strict parser takes where it takes the example: of its alphabet, length and structure, the first of these that fits:
 * JSON (the values under telling keys), PEM (a new key of that kind and size), a URL with user information (its password), a UUID, a JWT,
 * hexadecimal, base64 with its padding, else character by character behind a known prefix.
 */
export function valueLike(example: string): string {
  const json = jsonObject(example);
  if (json !== undefined) return JSON.stringify(json, likeTelling, indentOf(example));
  if (example.includes('-----BEGIN ')) return pemLike(example);
  const url = /^([a-z][a-z0-9+.-]*:\/\/)([^:@/?#]*)(:[^@/?#]*)?(@.*)$/is.exec(example);
  if (url) return urlLike(url);
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(example)) return sameCase(randomUUID(), example);
  if (/^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/.test(example)) return jwtLike(example);
  if (/^(?:[0-9a-f]{2}){4,}$/i.test(example) && /[a-f]/i.test(example)) return sameCase(hexOf(example.length / 2), example);
  if (isPaddedBase64(example)) return randomBytes(Buffer.from(example, 'base64').length).toString('base64');
  const [prefix = ''] = knownPrefix.exec(example) ?? [];
  return prefix + drawn(example.slice(prefix.length));
}

/** Letters by letters of their case, digits by digits; everything else stays. */
function drawn(text: string): string {
  return text.replace(/[a-z]/g, () => oneOf('abcdefghijklmnopqrstuvwxyz')).replace(/[A-Z]/g, () => oneOf('ABCDEFGHIJKLMNOPQRSTUVWXYZ'))
    .replace(/\d/g, () => oneOf('0123456789'));
}

const oneOf = (characters: string): string => characters.charAt(randomInt(characters.length));

const hexOf = (bytes: number): string => randomBytes(bytes).toString('hex');

/** In capitals where the example has any. */
const sameCase = (text: string, example: string): string => (/[A-Z]/.test(example) ? text.toUpperCase() : text);

const isPaddedBase64 = (text: string): boolean =>
  /[+/=]/.test(text) && text.length >= 8 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);

const likeTelling = (key: string, value: unknown): unknown =>
  (typeof value === 'string' && tellingKey.test(key) ? valueLike(value) : value);

const indentOf = (json: string): string => /^\{\r?\n([ \t]+)/.exec(json.trim())?.[1] ?? '';

/** Where there is a user and no password, the user is the secret. */
function urlLike([, scheme = '', user = '', password = '', rest = '']: RegExpExecArray): string {
  return password.length > 1 ? `${scheme}${user}:${valueLike(password.slice(1))}${rest}` : `${scheme}${valueLike(user)}${password}${rest}`;
}

/** The same claims with an identifier of their own, and a signature of the same length, which nobody made. */
function jwtLike(example: string): string {
  const [header = '', payload = '', signature = ''] = example.split('.');
  const claims = jsonObject(Buffer.from(payload, 'base64url').toString());
  const own = Buffer.from(JSON.stringify({ ...claims, jti: randomUUID() })).toString('base64url');
  return `${header}.${own}.${randomBytes(Buffer.from(signature, 'base64url').length).toString('base64url')}`;
}

/** A new key where the example is one that can be read, and otherwise other characters between the same lines. */
function pemLike(example: string): string {
  const plain = example.replaceAll('\\n', '\n');
  const key = keyIn(plain);
  const pem = (key && newKey(key, plain)) ?? plain.split('\n').map((line) => (line.startsWith('-----') ? line : drawn(line))).join('\n');
  const ended = plain.endsWith('\n') ? pem : pem.trimEnd();
  return example.includes('\\n') ? ended.replaceAll('\n', '\\n') : ended;
}

function keyIn(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function newKey({ asymmetricKeyType: kind, asymmetricKeyDetails: details = {} }: KeyObject, example: string): string | undefined {
  const format = { format: 'pem' } as const;
  switch (kind) {
    case 'rsa': {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: details.modulusLength ?? 2048 });
      return String(privateKey.export({ ...format, type: example.includes('BEGIN RSA') ? 'pkcs1' : 'pkcs8' }));
    }
    case 'ec': {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: details.namedCurve ?? 'P-256' });
      return String(privateKey.export({ ...format, type: example.includes('BEGIN EC') ? 'sec1' : 'pkcs8' }));
    }
    case 'ed25519':
      return String(generateKeyPairSync('ed25519').privateKey.export({ ...format, type: 'pkcs8' }));
    case 'ed448':
      return String(generateKeyPairSync('ed448').privateKey.export({ ...format, type: 'pkcs8' }));
    case 'x25519':
      return String(generateKeyPairSync('x25519').privateKey.export({ ...format, type: 'pkcs8' }));
    default:
      return undefined;
  }
}

import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { drawnBits, isTelling, partsOf } from '../../system/secrets/secret.ts';
import { valueLike } from './like.ts';

const hex = '3f9a0c77d1e84b52a6c0ffee12345678';

test.for<[string, string, RegExp]>([
  ['a provider\'s key', 'sk-ant-api03-AbCdEfGhIjKlMnOpQrSt0123', /^sk-ant-api03-[A-Z][a-z][A-Z][a-z][A-Za-z]{16}\d{4}$/],
  ['an AWS key', 'AKIAIOSFODNN7EXAMPLE', /^AKIA[A-Z]{8}\d[A-Z]{7}$/],
  ['a Google key', 'AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY', /^AIza[A-Z][a-z][A-Z]-\d[\w-]{30}$/],
  ['a SendGrid key', 'SG.ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf', /^SG\.[A-Za-z0-9]{22}\.[A-Za-z0-9]{15}$/],
  ['a Slack token', 'xoxb-123456789012-AbCdEfGhIj', /^xoxb-\d{12}-[A-Za-z]{10}$/],
  ['a UUID', '7d444840-9dc0-11d1-b245-5ffdce74fad2', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
  ['hexadecimal', hex, /^[0-9a-f]{32}$/],
  ['hexadecimal capitals', hex.toUpperCase(), /^[0-9A-F]{32}$/],
  ['base64', 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0ISE=', /^[A-Za-z0-9+/]{39}=$/],
  ['a URL with a password', 'postgres://app:Hunter22Hunter22@db.example:5432/app?sslmode=off',
    /^postgres:\/\/app:[A-Z][a-z]{5}\d\d[A-Z][a-z]{5}\d\d@db\.example:5432\/app\?sslmode=off$/],
  ['a URL with a user alone', `https://${hex}@o1.ingest.example/4`, /^https:\/\/[0-9a-f]{32}@o1\.ingest\.example\/4$/],
  ['digits', '4929123456789012', /^\d{16}$/],
])('%s', ([, example, form]) => {
  const [one, two] = [valueLike(example), valueLike(example)];
  expect(one).toMatch(form);
  expect(one).toHaveLength(example.length);
  expect(new Set([one, two, example]).size).toBe(3);
});

test('a JWT has the same header and claims, an identifier of its own and another signature', () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const example = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'w', jti: '1' })}.${Buffer.alloc(32, 7).toString('base64url')}`;
  const [header = '', payload = '', signature = ''] = valueLike(example).split('.');
  expect(header).toBe(example.split('.')[0]);
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ sub: 'w', jti: expect.stringMatching(/^[\w-]{36}$/) });
  expect(Buffer.from(signature, 'base64url')).toHaveLength(32);
});

test.for([
  ['rsa', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'pem', type: 'pkcs8' })],
  ['rsa, PKCS 1', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'pem', type: 'pkcs1' })],
  ['ec', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'sec1' })],
  ['ed25519', generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })],
])('a PEM is a new key of its kind and size: %s', ([, example]) => {
  const text = String(example);
  const value = valueLike(text);
  expect(value.split('\n')[0]).toBe(text.split('\n')[0]);
  expect(value).not.toBe(text);
  expect(createPrivateKey(value).asymmetricKeyDetails).toEqual(createPrivateKey(text).asymmetricKeyDetails);
  expect(valueLike(text.trimEnd().replaceAll('\n', '\\n'))).not.toContain('\n');
});

test('a service account keeps its form, and its key can be read', () => {
  const privateKey = String(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const example = JSON.stringify({ type: 'service_account', project_id: 'p', private_key_id: hex, private_key: privateKey }, null, 2);
  const value = valueLike(example);
  expect(value).toMatch(/^\{\n {2}"type": "service_account",\n {2}"project_id": "p",/);
  expect(createPrivateKey(JSON.parse(value).private_key).asymmetricKeyType).toBe('rsa');
  expect(partsOf(value).length).toBeGreaterThan(5);
});

test('what is too short to be no chance is known', () => {
  expect(isTelling('hunter2')).toBe(false);
  expect(isTelling('sk-ant-Ab1')).toBe(false);
  expect(isTelling(hex)).toBe(true);
  expect(drawnBits('hunter2')).toBeCloseTo(31.5, 1);
});

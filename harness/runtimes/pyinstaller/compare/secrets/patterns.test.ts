import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { recognise } from './patterns.ts';

const random = (length: number) => Array.from({ length }, (_, index) => 'k7Qz2Rm9XwB4nVt6Yp3LsD8fHgJ5cA1e'[(index * 7) % 32]).join('');
const upper = (length: number) => random(length).toUpperCase();
const key = generateKeyPairSync(
  'ec', { namedCurve: 'P-256', privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } },
);
const encrypted = generateKeyPairSync('rsa', { modulusLength: 1024, privateKeyEncoding: {
  type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x',
}, publicKeyEncoding: { type: 'spki', format: 'pem' } });

test.each([
  [`A="sk-ant-api03-${random(80)}"`, 'an Anthropic API key'],
  [`A=sk-proj-${random(120)}`, 'an OpenAI API key'],
  [`sk-${random(48)}`, 'an API key'],
  [`id: AKIA${upper(16)}`, 'an AWS access key id'],
  [`ghp_${random(36)}`, 'a GitHub token'],
  [`gho_${random(36)}`, 'a GitHub token'],
  [`github_pat_${random(22)}_${random(59)}`, 'a GitHub token'],
  [`xoxb-123456789012-${random(24)}`, 'a Slack token'],
  [`AIza${random(35)}`, 'a Google API key'],
  [key.privateKey, 'a private key'],
  [JSON.stringify({ private_key: key.privateKey }), 'a private key'],
  [key.privateKey.replaceAll('\n', '\r\n'), 'a private key'],
  [encrypted.privateKey, 'a private key'],
])('%#: %s', (text, what) => {
  expect(recognise(text).map((found) => found.what)).toEqual([what]);
});

test.each([
  `AKIAIOSFODNN7EXAMPLE`,
  `sk-ant-your-api-key-goes-here-1234567890`,
  `sk-ant-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`,
  `sk-${'ab'.repeat(30)}`,
  `task-${random(40)}`,
  `disk-ant-${random(40)}`,
  `QUAKIA${upper(16)}`,
  `ghp_${random(12)}`,
  `AKIA`,
  key.publicKey,
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----\nMIIE...\n-----END PRIVATE KEY-----',
  'if line == "-----BEGIN RSA PRIVATE KEY-----": return parse(lines)',
  '-----BEGIN CERTIFICATE-----\n' + random(64),
])('none in %j', (text) => {
  expect(recognise(text)).toEqual([]);
});

test.each([`sk-ant-`, `ghp_`, `-----BEGIN PRIVATE KEY-----\n`, 'a'])('linear in 5 MB of %j', (piece) => {
  const text = piece.repeat(5_000_000 / piece.length);
  const started = performance.now();
  recognise(text);
  expect(performance.now() - started).toBeLessThan(10_000);
});

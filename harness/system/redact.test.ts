import { expect, test } from 'vitest';
import { redact, redactDeep } from './redact.ts';

const secret = { name: 'KEY', value: 'c4n/ry+"ü 123' };

test.for([
  ['raw', `a ${secret.value} b`],
  ['JSON', JSON.stringify({ key: secret.value })],
  ['URL', `?k=${encodeURIComponent(secret.value)}&`],
  ['URL in lower case', encodeURIComponent(secret.value).replace(/%../g, (byte) => byte.toLowerCase())],
  ['form', new URLSearchParams({ k: secret.value }).toString()],
  ['base64', Buffer.from(secret.value).toString('base64')],
  ['base64 behind one byte', Buffer.from(`:${secret.value}:`).toString('base64')],
  ['base64 behind two bytes', Buffer.from(`u:${secret.value}`).toString('base64')],
  ['base64url', Buffer.from(secret.value).toString('base64url')],
])('%s', ([, text]) => {
  const result = redact(text ?? '', [secret]);
  expect(result.found).toEqual(['KEY']);
  expect(result.text).toContain('<secret KEY>');
});

test('bytes, values and short secrets', () => {
  expect(redact(Buffer.from(`x${secret.value}\xFF`).toString('latin1'), [secret], 'latin1').text).toContain('x<secret KEY>');
  expect(redactDeep({ a: [`is ${secret.value}`, 1, null] }, [secret])).toEqual({ a: ['is <secret KEY>', 1, null] });
  expect(redact('zero is zero', [{ name: 'N', value: 'zero' }])).toEqual({ text: 'zero is zero', found: [] });
});

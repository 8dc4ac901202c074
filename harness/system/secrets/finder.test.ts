import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { finderOf } from './finder.ts';

const key = 'sk-ant-api03-Qm7xZpL0vT3bW9yK2nDfRgHs5Jc8UeAo4iVt';
const password = 'p&ss+w/rd="ü 7731 x9Qz';
const secrets = [{ name: 'KEY', value: key }, { name: 'PASSWORD', value: password }];
const find = finderOf(secrets);
const namesIn = (text: string | Buffer): string[] => [...new Set(find(Buffer.from(text)).map(({ name }) => name))];
const encodingsIn = (text: string | Buffer): string[] => find(Buffer.from(text)).map(({ encoding }) => encoding);
const reversed = (text: string): string => Array.from(text).toReversed().join('');
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');
const lines = (text: string, width: number): string => text.replace(new RegExp(`.{1,${width}}`, 'g'), '$&\n');

describe.for([['KEY', key], ['PASSWORD', password]] as const)('%s is found', ([name, value]) => {
  test.for<[string, string | Buffer]>([
    ['plain', `a ${value} b`], ['in capitals', value.toUpperCase()], ['in small letters', value.toLowerCase()],
    ['reversed', reversed(value)],
    ['in JSON', JSON.stringify({ key: value })],
    ['in JSON of ASCII', JSON.stringify(value).replace('ü', '\\u00fc')],
    ['in a URL', `?k=${encodeURIComponent(value)}&`],
    ['in a URL in small letters', encodeURIComponent(value).replace(/%../g, (byte) => byte.toLowerCase())],
    ['in a URL, every byte', hex(value).replace(/../g, '%$&')],
    ['in a form', new URLSearchParams({ k: value }).toString()],
    ['in HTML', value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
    ['in base64', base64(value)], ['in base64 behind one byte', base64(`:${value}:`)], ['in base64 behind two', base64(`u:${value}`)],
    ['in base64url', Buffer.from(`{"k":"${value}"}`).toString('base64url')],
    ['in base64 by the line', lines(base64(`prefix ${value} ${'x'.repeat(90)}`), 76)],
    ['in base64 by the line in JSON', JSON.stringify(lines(base64(`prefix ${value}`), 20))],
    ['in base64 of base64', base64(base64(`k=${value}`))], ['in base64 of UTF-16', base64(Buffer.from(value, 'utf16le'))],
    ['in base64, reversed', reversed(base64(value))], ['in base64 of it reversed', base64(reversed(value))],
    ['in hexadecimal', hex(value)], ['in hexadecimal capitals', hex(value).toUpperCase()],
    ['in hexadecimal with colons', hex(value).replace(/../g, '$&:')], ['in hexadecimal with blanks', hex(value).replace(/..../g, '$& ')],
    ['as escaped bytes', hex(value).replace(/../g, '\\x$&')], ['as numbers', [...Buffer.from(value)].join(', ')],
    ['as numbers by the line', JSON.stringify([...Buffer.from(value)], null, 1)],
    ['in UTF-16', Buffer.from(value, 'utf16le')], ['in UTF-16, other order', Buffer.from(value, 'utf16le').swap16()],
    ['a character a line', lines(value, 1)], ['a character at a time', JSON.stringify(Array.from(value))],
    ['in lines of five', lines(value, 5)], ['in groups of four', value.replace(/.{4}/g, '$&-')],
    ['in two log lines', `{"a":"${value.slice(0, 17)}"}\n{"at":"2026-01-01T00:00:00","b":"${value.slice(17)}"}\n`],
    ['in two log lines of base64', `1 part ${base64(value).slice(0, 21)}\n2 part ${base64(value).slice(21)}\n`],
  ])('%s', ([, text]) => expect(namesIn(text)).toEqual([name]));
});

test.for([
  ['its last four', 'sk-…4iVt'], ['its beginning and its last four', 'sk-ant-api03-Qm7x…4iVt'],
  ['its known beginning', 'sk-ant-api03-'],
  ['eight characters and the last four', 'Qm7xZpL0****4iVt'], ['stars', '****************************'],
  ['a hash', 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c'],
  ['one masked line after another', 'key sk-ant-api03-Qm7x…4iVt\n'.repeat(1_000)],
])('%s is no finding', ([, text]) => expect(encodingsIn(text ?? '')).toEqual([]));

test('nothing is found by chance in what is random', () => {
  const noise = randomBytes(3_000_000);
  expect(encodingsIn(noise)).toEqual([]);
  expect(encodingsIn(noise.toString('hex'))).toEqual([]);
  expect(encodingsIn(noise.toString('base64'))).toEqual([]);
});

test('it says where, once for each way of writing', () => {
  expect(find(Buffer.from(`one\nkey=${key}\n`))).toEqual([{ name: 'KEY', encoding: 'plain', start: 8, end: 8 + key.length }]);
  expect(find(Buffer.from(lines(key, 7)))).toMatchObject([{ name: 'KEY', start: 0, end: key.length + 6 }]);
});

test('a line of a PEM, the password of a URL and a value in JSON are enough; a URL without a password is searched for as a whole', () => {
  const line = (byte: number): string => base64(Buffer.from(Array.from({ length: 48 }, (_, index) => (byte * 7 + index * 13) % 256)));
  const pem = `-----BEGIN PRIVATE KEY-----\n${line(1)}\n${line(2)}\n-----END PRIVATE KEY-----\n`;
  const other = finderOf([
    { name: 'PEM', value: pem }, { name: 'ACCOUNT', value: JSON.stringify({ type: 'x', client_secret: 'GOCSPX-8fjW2kq0ZmX' }) },
    { name: 'URL', value: 'postgres://user:k3Jf82hsLq01@db:5432/x' }, { name: 'PLAIN_URL', value: 'redis://127.0.0.1:6379/3' },
  ]);
  const found = (text: string): string[] => [...new Set(other(Buffer.from(text)).map(({ name }) => name))];
  expect(found(`see ${line(2)}`)).toEqual(['PEM']);
  expect(found('-----BEGIN PRIVATE KEY-----')).toEqual([]);
  expect(found('secret GOCSPX-8fjW2kq0ZmX')).toEqual(['ACCOUNT']);
  expect(found('password k3Jf82hsLq01')).toEqual(['URL']);
  expect(found('postgres://user:***@db:5432/x redis://127.0.0.1:6379/4')).toEqual([]);
  expect(found('redis://127.0.0.1:6379/3')).toEqual(['PLAIN_URL']);
});

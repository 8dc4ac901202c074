import { expect, test } from 'vitest';
import { framesOf } from './frames.ts';

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const types = { data: 0, headers: 1, settings: 4, ping: 6, goAway: 7, windowUpdate: 8 };

function frame(type: keyof typeof types, flags = 0, payload = ''): Buffer {
  return Buffer.from([0, 0, payload.length, types[type], flags, 0, 0, 0, 1, ...Buffer.from(payload)]);
}

test('what only the answering server understands is left out, however the bytes are cut', () => {
  const sent = [
    frame('settings', 0, 'abcdef'), frame('settings', 1), frame('headers', 4, 'h'), frame('ping', 0, '12345678'), frame('settings', 1),
    frame('windowUpdate', 0, '1234'), frame('data', 1, 'body'), frame('goAway', 0, '12345678'),
  ];
  const all = Buffer.concat([preface, ...sent]);
  for (const size of [1, 3, 10, all.length]) {
    const taken: Buffer[] = [];
    const cut = framesOf((each) => taken.push(each));
    for (let at = 0; at < all.length; at += size) expect(cut(all.subarray(at, at + size))).toBe('frames');
    expect(Buffer.concat(taken)).toEqual(Buffer.concat([preface, ...[0, 1, 2, 6].map((index) => sent[index] ?? Buffer.alloc(0))]));
  }
});

test('what is not HTTP/2 in plain text is said to be none, and what goes wrong later is said', () => {
  const none = () => framesOf(() => {});
  expect(none()(Buffer.from([0x16, 3, 1, 0, 200]))).toBe('foreign');
  expect(none()(Buffer.from('GET / HTTP/1.1\r\n'))).toBe('foreign');
  expect(none()(Buffer.concat([preface, Buffer.from([0x7f, 0xff, 0xff, 0, 0, 0, 0, 0, 1])]))).toBe('broken');
});

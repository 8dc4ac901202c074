import { expect, test } from 'vitest';
import { smallText } from '../contract/example.testing.ts';
import { parseContract } from '../contract/load.ts';
import { makeCanaries } from './canaries.ts';

test('what a service gives has no canary: it would replace the address in a launch that gets all of them', () => {
  const contract = parseContract(`${smallText}services: [redis]
environment: { REDIS_URL: { from: redis.url, secret: true }, TOKEN: { secret: true, example: sk }, OTHER: {} }`, 'c');
  expect(makeCanaries(contract)).toEqual({ TOKEN: expect.stringMatching(/^sk-\w+$/) });
});

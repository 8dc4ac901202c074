import { expect, test } from 'vitest';
import { smallText } from '../contract/example.testing.ts';
import { parseContract } from '../contract/load.ts';
import { isTelling } from '../system/secrets/secret.ts';
import { makeCanaries } from './canaries.ts';

test('what a service gives has no canary: it would replace the address in a launch that gets all of them', () => {
  const contract = parseContract(`${smallText}services: [redis]
environment: { REDIS_URL: { from: redis.url, secret: true }, TOKEN: { secret: true }, OTHER: {} }`, 'c');
  expect(makeCanaries(contract)).toEqual({ TOKEN: expect.stringMatching(/^[0-9a-f]{40}$/) });
});

test('a canary has the form of the example, or begins with it; without one it is long and says nothing of who made it', () => {
  const contract = parseContract(`${smallText}environment:
  KEY: { secret: true, example: "0123456789abcdef0123456789abcdef" }
  BEGINNING: { secret: true, example: sk-ant- }
  ADDRESS: { secret: true, type: url }
  NOTHING: { secret: true }`, 'c');
  const canaries = makeCanaries(contract);
  expect(canaries).toEqual({
    KEY: expect.stringMatching(/^[0-9a-f]{32}$/), BEGINNING: expect.stringMatching(/^sk-ant-[0-9a-f]{40}$/),
    ADDRESS: expect.stringMatching(/^https:\/\/[0-9a-f]{40}@[0-9a-f]{12}\.invalid\/$/), NOTHING: expect.stringMatching(/^[0-9a-f]{40}$/),
  });
  expect(Object.values(canaries).every(isTelling)).toBe(true);
  expect(makeCanaries(contract)).not.toEqual(canaries);
});

test('an API key that no variable gives has one too', () => {
  const placed = parseContract(`${smallText}environment: { OPTIONS: { secret: true, value: "key={temporal.apiKey}" } }`, 'c');
  expect(makeCanaries(placed)).toEqual({ 'temporal.apiKey': expect.stringMatching(/^[0-9a-f]{40}$/) });
});

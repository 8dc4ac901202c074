import { expect, test } from 'vitest';
import { smallText } from '../../contract/example.testing.ts';
import { parseContract } from '../../contract/load.ts';
import { givenSecrets } from './given.ts';

const contract = parseContract(`${smallText}services: [{ name: db, kind: postgres }]
environment:
  DATABASE_URL: { from: db.url, secret: true }
  TOKEN: { secret: true, required: true }
  SPARE: { secret: true }
  PIN: { secret: true }
  FIXED: { secret: true, value: "{service.db.url}?sslmode=off" }
  WORD: { secret: true, value: development }
  TEMPORAL_API_KEY: { secret: true }`, 'c');
const canaries = { TOKEN: 'a3'.repeat(20), SPARE: 'b4'.repeat(20), PIN: 'hunter2', TEMPORAL_API_KEY: 'c5'.repeat(20) };
const url = 'postgresql://u:0123456789ab@h:1/launch_7';
const all = { ...canaries, DATABASE_URL: url, FIXED: `${url}?sslmode=off`, WORD: 'development' };

test('what launches got that came to work is searched for, of an address its password', () => {
  expect(givenSecrets([{ environment: all, isReady: true }], { contract, canaries })).toEqual({
    searched: [
      { name: 'DATABASE_URL', value: '0123456789ab' }, { name: 'TOKEN', value: canaries.TOKEN }, { name: 'SPARE', value: canaries.SPARE },
      { name: 'FIXED', value: '0123456789ab' }, { name: 'TEMPORAL_API_KEY', value: canaries.TEMPORAL_API_KEY },
    ],
    tooShort: ['PIN'], notGiven: [],
  });
});

test('what reached no launch that came to work was not looked for; one of Temporal\'s keeps a worker from the server', () => {
  const { searched, notGiven } = givenSecrets(
    [{ environment: { TOKEN: all.TOKEN }, isReady: true }, { environment: all, isReady: false }], { contract, canaries },
  );
  expect(searched.map(({ name }) => name)).toEqual(['TOKEN', 'TEMPORAL_API_KEY']);
  expect(notGiven).toEqual(['DATABASE_URL', 'SPARE', 'PIN']);
});

test('an API key inside of a value is searched for by itself too', () => {
  const told = parseContract(`${smallText}environment: { OPTIONS: { secret: true, value: "key={temporal.apiKey}" } }`, 'c');
  const key = 'd6'.repeat(20);
  const launched = { environment: { OPTIONS: `key=${key}` }, isReady: true };
  expect(givenSecrets([launched], { contract: told, canaries: { 'temporal.apiKey': key } })).toMatchObject(
    { searched: [{ name: 'OPTIONS', value: key }, { name: 'OPTIONS', value: `key=${key}` }] },
  );
});

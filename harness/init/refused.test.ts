import { expect, test } from 'vitest';
import { knobNamed } from './knobs.ts';
import { loggedIn } from './logged.ts';
import { findRefused } from './refused.ts';

const knobs = [
  knobNamed('TEMPORAL_ADDRESS', undefined), knobNamed('TEMPORAL_TASK_QUEUE', 'orders'), knobNamed('GRACE_SECONDS', '10'),
  knobNamed('LOG_LEVEL', 'info'), knobNamed('SENDER', 'Ann'), knobNamed('API_KEY', undefined),
];

test('a worker that tells one mistake at a time, and takes what it does not check', async () => {
  const rules: readonly (readonly [string, (value: string) => boolean, string])[] = [
    ['TEMPORAL_ADDRESS', (value) => /:\d+$/.test(value), 'expected host:port'],
    ['LOG_LEVEL', (value) => ['info', 'debug'].includes(value), 'expected info or debug, got "x"'],
    ['GRACE_SECONDS', (value) => Number(value) >= 0, 'expected a number'],
  ];
  const starts: string[][] = [];
  const refused = await findRefused(knobs, async (wrong) => {
    starts.push([...wrong.keys()]);
    const broken = rules.find(([name, holds]) => wrong.has(name) && !holds(wrong.get(name) ?? ''));
    return broken && [`worker: ${broken[0]}: ${broken[2]}`];
  });
  expect(refused).toEqual(new Map([
    ['TEMPORAL_ADDRESS', { values: ['no-port', 'localhost:notaport'], allowed: undefined }],
    ['LOG_LEVEL', { values: ['no-such-value'], allowed: ['info', 'debug'] }],
    ['GRACE_SECONDS', { values: ['zero', '-1'], allowed: undefined }],
  ]));
  expect(starts[0]).toEqual(['TEMPORAL_ADDRESS', 'GRACE_SECONDS', 'LOG_LEVEL', 'SENDER']);
  expect(starts.length).toBeLessThanOrEqual(8);
});

test('an address of a server that speaks no HTTP is refused as one that does', async () => {
  const refused = await findRefused([knobNamed('REDIS_URL', undefined), knobNamed('OTHER_URL', undefined)], async (wrong) => (
    [...wrong].flatMap(([name, value]) => (value.startsWith('redis:') ? [] : `${name}: no`))
  ));
  expect(refused.get('REDIS_URL')?.values).toEqual(['not-a-url', 'http://localhost:6379']);
  expect(refused.get('OTHER_URL')?.values).toEqual(['not-a-url']);
});

test('what is printed of a value: beside its name, or, where it was made up, between the words around it', () => {
  const [first, second] = [['info', '10', 'x'], ['info', '10', 'tomatopotatobanana']].map(([level, grace, sender]) => ({
    said: [`orders 1.0 on q, log level ${level}`, `{"grace_seconds":${grace},"x":1}`, `posted as ${sender} today`],
    valueOf: ({ name }: { readonly name: string }) => ({ LOG_LEVEL: level, GRACE_SECONDS: grace, SENDER: sender })[name],
  }));
  expect(loggedIn([first, second].flatMap((each) => each ?? []), knobs)).toEqual(new Map([
    ['GRACE_SECONDS', '"grace_seconds":{value},'], ['LOG_LEVEL', 'log level {value}'], ['SENDER', 'posted as {value} today'],
  ]));
});

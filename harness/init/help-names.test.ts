import { expect, test } from 'vitest';
import { commandIn, knobsInHelp, valuesIn } from './help-names.ts';

test('what a help says of variables and flags: defaults, values, secrets; in the forms of argparse, cobra and Go', () => {
  expect(knobsInHelp(`usage: worker [--queue QUEUE]
variables:
  TEMPORAL_ADDRESS  the server, host:port (required)
  MODE              what is hosted: all, activities or none (all)
  GRACE_SECONDS     how long a stop waits (10)
  TLS_ON            true or false (false)
  MODEL_KEY         a secret, required for some models
  PROGRESS_URL      where progress goes (not published)
`)).toEqual([
    { name: 'TEMPORAL_ADDRESS', required: false, secret: false, help: 'The server, host:port' },
    { name: 'MODE', required: false, secret: false, default: 'all', help: 'What is hosted: all, activities or none', allowed: [
      'all', 'activities', 'none',
    ] },
    { name: 'GRACE_SECONDS', required: false, secret: false, default: '10', type: 'integer', help: 'How long a stop waits' },
    { name: 'TLS_ON', required: false, secret: false, default: 'false', type: 'boolean', help: 'True or false' },
    { name: 'MODEL_KEY', required: false, secret: true, help: 'A secret, required for some models' },
    { name: 'PROGRESS_URL', required: false, secret: false, help: 'Where progress goes (not published)' },
    { name: '--queue', required: false, secret: false },
  ]);
  expect(knobsInHelp('  -q, --queue string   what is polled (default "orders")\n')).toMatchObject([{ name: '--queue', default: 'orders' }]);
  expect(knobsInHelp('Usage of x:\n  -queue string\n    \twhat is polled (default "orders")\n')).toMatchObject([
    { name: '-queue', default: 'orders', help: 'What is polled' },
  ]);
});

test('a list of values is one only with its default in it', () => {
  expect(valuesIn('debug, info, warn or error', 'info')).toEqual(['debug', 'info', 'warn', 'error']);
  expect(valuesIn("'a', 'b'", undefined)).toEqual(['a', 'b']);
  expect(valuesIn('a whole number above 0', '10')).toBeUndefined();
  expect(valuesIn('debug, info or error', 'loud')).toBeUndefined();
});

test('the subcommand that starts a worker, of argparse and of cobra', () => {
  expect(commandIn('usage: x [-h] {api,serve} ...\n')).toBe('serve');
  expect(commandIn('Available Commands:\n  api      APIs\n  worker   Workers\n\nFlags:\n  -h, --help\n')).toBe('worker');
  expect(commandIn('usage: x [--version]\n')).toBeUndefined();
});

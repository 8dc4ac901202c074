import { tmpdir } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { parseOptions } from '../cli/options.ts';
import { checkOnly, listChecks } from './chosen.ts';

afterEach(() => void vi.unstubAllEnvs());

test('an area, a check and nothing at all are fine', () => {
  expect(() => checkOnly([], undefined, false)).not.toThrow();
  expect(() => checkOnly(['startup', 'shutdown.survivors'], undefined, false)).not.toThrow();
});

test('what is no check is refused with the nearest name, for otherwise nothing would run', () => {
  expect(() => checkOnly(['startup.redy'], undefined, false)).toThrow('--only startup.redy: no check of this contract has this name; ' +
    'did you mean startup.ready?');
  expect(() => checkOnly(['performance.stop'], undefined, false)).toThrow('--only performance.stop: it compares with the last ' +
    'release; name that with --previous FILE');
  expect(() => checkOnly(['performance.stop'], undefined, true)).not.toThrow();
  expect(() => checkOnly(['execution.of-another-contract'], undefined, false)).toThrow('--list-checks tells them');
});

test('before any run it is told of each check whether its eye is here', async () => {
  vi.stubEnv('PATH', tmpdir());
  const args = ['--binary', 'no/worker', '--only', 'startup', '--only', 'registration.everywhere', '--only', 'shutdown.left-overs'];
  const listed = await listChecks(parseOptions({ args, environment: {}, words: [] }, tmpdir()));
  expect(Object.fromEntries(listed.trimEnd().split('\n').map((line) => [line.split('\t')[0], line.split('\t')[2]]))).toEqual({
    'startup.ready': 'needs no eye',
    'startup.clean-log': 'needs no eye',
    'startup.network': expect.stringMatching(/^not looked for here: .*strace/),
    'registration.everywhere': 'its eye is here: the list that the server has of the workers of a namespace',
    'shutdown.left-overs': expect.stringMatching(/^looked for in part only: .*strace/),
  });
});

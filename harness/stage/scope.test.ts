import { expect, test } from 'vitest';
import type { RunContext } from './run-context.ts';
import { fixture, Scope } from './scope.ts';

// A fixture looks at no more of the run than its own test gives it.
const scope = (): Scope => new Scope({} as RunContext, new AbortController().signal);

test('a fixture is made once for a run, at its first use, and again for another run', async () => {
  let made = 0;
  const counted = fixture('counted', () => (made += 1));
  const run = scope();
  expect(counted.begunIn(run)).toBeUndefined();
  expect(await Promise.all([run.use(counted), run.use(counted)])).toEqual([1, 1]);
  expect(await counted.begunIn(run)).toBe(1);
  expect(await scope().use(counted)).toBe(2);
});

test('a failed set-up fails every user with its reason and is not tried again', async () => {
  let tried = 0;
  const broken = fixture('broken', () => {
    tried += 1;
    throw new Error('no server');
  });
  const user = fixture('user', (run) => run.use(broken));
  const run = scope();
  await expect(run.use(user)).rejects.toThrow('no server');
  await expect(run.use(broken)).rejects.toThrow('no server');
  expect(tried).toBe(1);
});

test('users end before what they used, whatever was asked for first, and an error does not keep the others', async () => {
  const ended: string[] = [];
  const used = fixture('used', () => 1, () => void ended.push('used'));
  const bad = fixture('bad', (run) => run.use(used), () => {
    ended.push('bad');
    throw new Error('stuck');
  });
  const user = fixture('user', (run) => run.use(bad), () => void ended.push('user'));
  const run = scope();
  await run.use(user);
  await expect(run.close()).rejects.toThrow('stuck');
  expect(ended).toEqual(['user', 'bad', 'used']);
});

test('fixtures that need each other are told by name instead of waiting for ever', async () => {
  const first = fixture('first', (run): Promise<number> => run.use(second));
  const second = fixture('second', (run): Promise<number> => run.use(first));
  await expect(scope().use(first)).rejects.toThrow('fixtures need each other: first → second → first');
});

test('settled waits for what is being set up, but not for the fixture that waits', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const slow = fixture('slow', () => promise);
  const alone = fixture('alone', async (run) => {
    await run.settled();
    return 'alone';
  });
  const run = scope();
  void run.use(slow);
  const value = run.use(alone);
  expect(await Promise.race([value, Promise.resolve('waits')])).toBe('waits');
  resolve('there');
  expect(await value).toBe('alone');
});

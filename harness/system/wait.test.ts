import { expect, test } from 'vitest';
import { waitFor } from './wait.ts';

const never = (): undefined => undefined;

test('returns what the probe finds', async () => {
  let calls = 0;
  expect(await waitFor('it', () => (++calls === 3 ? 'found' : undefined), { deadlineMs: 1_000, everyMs: 1 })).toBe('found');
});

test('the error says what was awaited, for how long, and what was seen instead', async () => {
  const waiting = waitFor('a poller', never, { deadlineMs: 50, everyMs: 10, seen: () => 'the server lists nobody' });
  await expect(waiting).rejects.toThrow('waited for a poller: it did not come within 0.05 s; the server lists nobody');
});

test('a process that dies ends the wait at once', async () => {
  const start = performance.now();
  await expect(
    waitFor('a poller', never, { deadlineMs: 10_000, over: () => 'it exited with 3' }),
  ).rejects.toThrow(/did not come \(it exited with 3 after 0\.\d s\)/);
  expect(performance.now() - start).toBeLessThan(1_000);
});

test('an abort ends the wait', async () => {
  await expect(
    waitFor('a poller', never, { deadlineMs: 10_000, signal: AbortSignal.timeout(30), everyMs: 5 }),
  ).rejects.toThrow('the run was interrupted');
});

test('an error of the probe is only told at the end', async () => {
  const failing = (): never => {
    throw new Error('connection refused');
  };
  await expect(waitFor('an answer', failing, { deadlineMs: 30, everyMs: 5 })).rejects.toThrow(/within 0\.03 s; connection refused/);
});

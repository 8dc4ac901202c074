import { expect, test } from 'vitest';
import { CouldNotJudge } from '../model/errors.ts';
import { cameWithin, endOf, waitFor, type WaitFailed } from './wait.ts';

const never = (): undefined => undefined;
const silent = (): Promise<undefined> => new Promise(() => {});

/** How a wait failed, and that it ended at once. */
async function failed(waiting: Promise<unknown>): Promise<Pick<WaitFailed, 'kind' | 'message' | 'cause'>> {
  const start = performance.now();
  const error = await waiting.then(() => expect.fail('it came'), (thrown: WaitFailed) => thrown);
  expect(performance.now() - start).toBeLessThan(3_000);
  return error;
}

test('returns what the probe finds', async () => {
  let calls = 0;
  expect(await waitFor('it', () => (++calls === 3 ? 'found' : undefined), { deadlineMs: 1_000, everyMs: 1 })).toBe('found');
});

test('the error says what was awaited, for how long, and what was seen instead', async () => {
  const waiting = waitFor('a poller', never, { deadlineMs: 50, everyMs: 10, seen: () => 'the server lists nobody' });
  expect(await failed(waiting)).toMatchObject({
    kind: 'deadline', message: 'waited for a poller: it did not come within 0.05 s; the server lists nobody',
  });
});

test('a process that dies ends the wait at once', async () => {
  expect(await failed(waitFor('a poller', never, { deadlineMs: 60_000, over: () => 'it exited with 3' }))).toMatchObject({
    kind: 'over', message: expect.stringMatching(/did not come \(it exited with 3 after 0\.\d s\)/),
  });
});

test('an abort ends the wait', async () => {
  const waiting = waitFor('a poller', never, { deadlineMs: 60_000, signal: AbortSignal.timeout(30), everyMs: 20_000 });
  expect(await failed(waiting)).toMatchObject({ kind: 'interrupted', message: expect.stringContaining('the run was interrupted') });
});

test('an error of the probe is told at the end, and is no answer', async () => {
  const failing = (): never => {
    throw new Error('connection refused');
  };
  expect(await failed(waitFor('an answer', failing, { deadlineMs: 30, everyMs: 5 }))).toMatchObject({
    kind: 'unanswered', message: expect.stringMatching(/within 0\.03 s; connection refused/), cause: { message: 'connection refused' },
  });
});

test('a statement of the probe ends the wait: more of the same would not change it', async () => {
  const stating = (): never => {
    throw new CouldNotJudge('they end too quickly');
  };
  expect(await failed(waitFor('an activity', stating, { deadlineMs: 60_000 }))).toBeInstanceOf(CouldNotJudge);
});

test.for([
  ['the deadline', { deadlineMs: 60 }, 'unanswered', /within 0\.06 s; nothing answered for \d+\.\d s/],
  ['an abort', { deadlineMs: 60_000, signal: AbortSignal.timeout(60) }, 'interrupted', /the run was interrupted after/],
  ['an abort that was there before', { deadlineMs: 60_000, signal: AbortSignal.abort() }, 'interrupted', /the run was interrupted/],
  ['the end of the process', { deadlineMs: 60_000, over: () => 'it was ended by SIGKILL' }, 'over', /it was ended by SIGKILL after/],
] as const)('%s ends a wait whose probe never answers', async ([, options, kind, message]) => {
  expect(await failed(waitFor('a poller', silent, options))).toMatchObject({ kind, message: expect.stringMatching(message) });
});

test('a probe that is on its way at the deadline and has answered before is an answer: not yet', async () => {
  let calls = 0;
  const slow = async (): Promise<undefined> => (++calls > 3 ? silent() : undefined);
  expect(await failed(waitFor('a poller', slow, { deadlineMs: 150, everyMs: 40 }))).toMatchObject({ kind: 'deadline' });
});

test('what may rightly not come is undefined after the deadline, and an error where nobody could tell', async () => {
  expect(await cameWithin('a second poller', never, { deadlineMs: 20 })).toBeUndefined();
  expect(await failed(cameWithin('a second poller', silent, { deadlineMs: 20 }))).toMatchObject({ kind: 'unanswered' });
});

test('work that takes too long is left to itself', async () => {
  expect(await endOf('the work', Promise.resolve(3), { deadlineMs: 1_000 })).toBe(3);
  await expect(endOf('the work', Promise.reject(new Error('own')), { deadlineMs: 1_000 })).rejects.toThrow('own');
  expect(await failed(endOf('the work', silent(), { deadlineMs: 20 }))).toMatchObject({ kind: 'unanswered' });
});

test('what does not count is added to the deadline, up to three times', async () => {
  const start = performance.now();
  const not = (ms: number) => () => ({ ms, why: 'the worker waited for a CPU' });
  expect(await failed(waitFor('a poller', never, { deadlineMs: 50, stretch: not(100) }))).toMatchObject({ kind: 'deadline' });
  expect(performance.now() - start).toBeGreaterThan(145);
  expect(await failed(waitFor('a poller', never, { deadlineMs: 50, stretch: not(10_000) }))).toMatchObject({
    kind: 'machine', message: 'waited for a poller: it did not come within 0.05 s; the worker waited for a CPU',
  });
});

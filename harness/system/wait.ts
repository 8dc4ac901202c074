import { Statement } from '../model/errors.ts';

/** Time of a wait that does not count, and the clause that says why; see `WaitOptions.stretch`. */
export type Stretch = { readonly ms: number; readonly why: string };

/** How a wait ends when its condition does not come. */
export type WaitOptions = {
  readonly deadlineMs: number;
  /** Ends the wait at once, for example the test context's signal. */
  readonly signal?: AbortSignal | undefined;
  /** Time between two probes, 25 ms unless given. */
  readonly everyMs?: number;
  /** A sentence that ends the wait at once, for example "the process exited with 1". */
  readonly over?: (() => string | undefined) | undefined;
  /** What was seen instead, for the error. */
  readonly seen?: () => string;
  /** What of the wait so far does not count, asked over and over. However much it is, the wait ends after `stretchTimes` its deadline. */
  readonly stretch?: (() => Stretch) | undefined;
};

/**
 * Why a wait ended: the probe said "not yet" until the deadline; nothing answered (the probe hung or failed to the last); `over` gave a
 * reason; the signal; or the deadline was missed only because of time that does not count. Only `deadline` and `over` are about what
 * was awaited.
 */
export type WaitEnd = 'deadline' | 'unanswered' | 'over' | 'interrupted' | 'machine';

/** A condition that did not come in time; the message says what, how long, and what was seen instead. */
export class WaitFailed extends Error {
  override readonly name = 'WaitFailed';
  readonly kind: WaitEnd;

  constructor(kind: WaitEnd, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** While a probe is on its way, this often is looked whether the wait is over. */
const tickMs = 25;

/** So many times its deadline a wait takes at most, whatever does not count. */
export const stretchTimes = 4;

type Answer<T> = { readonly found?: T | undefined; readonly error?: unknown };

/**
 * Waits until `probe` returns something other than undefined, and returns that. The wait ends whatever the probe is doing; one that is
 * then still on its way is left to itself. A statement (see model/errors) that the probe throws is passed on at once; other errors are
 * told at the end.
 * @throws {WaitFailed} after the deadline, at an abort, or as soon as `over` gives a reason.
 */
export async function waitFor<T>(what: string, probe: () => T | undefined | Promise<T | undefined>, options: WaitOptions): Promise<T> {
  const { deadlineMs, signal, everyMs = tickMs, over, seen, stretch } = options;
  const start = performance.now();
  let last: Answer<T> | undefined;
  for (let askedMs = start, asking = ask(probe); ; ) {
    const answer = await firstOf(asking, tickMs, signal);
    if (answer?.error instanceof Statement) throw answer.error;
    if (answer?.found !== undefined) return answer.found;
    last = answer ?? last;
    const [now, reason, extra] = [performance.now(), over?.(), stretch?.()];
    const [elapsedMs, pendingMs] = [now - start, answer ? 0 : now - askedMs];
    const left = deadlineMs + Math.min(extra?.ms ?? 0, deadlineMs * (stretchTimes - 1)) - elapsedMs;
    if (reason === undefined && !signal?.aborted && left > 0) {
      if (!answer) continue;
      await firstOf<never>(undefined, Math.min(everyMs, left), signal);
      [askedMs, asking] = [performance.now(), ask(probe)];
      continue;
    }
    const silent = last?.error !== undefined || pendingMs > (last === undefined ? 0 : elapsedMs / 2);
    // Stretched as far as it goes, it was the machine's fault too: nobody knows how it would have gone on.
    const excused = extra !== undefined && (elapsedMs - extra.ms <= deadlineMs || extra.ms >= deadlineMs * (stretchTimes - 1));
    const missed = silent ? 'unanswered' : excused ? 'machine' : 'deadline';
    const kind = reason !== undefined ? 'over' : signal?.aborted ? 'interrupted' : missed;
    const end = reason ?? (kind === 'interrupted' ? 'the run was interrupted' : undefined);
    const how = end === undefined ? `within ${deadlineMs / 1000} s` : `(${end} after ${seconds(elapsedMs)})`;
    const hung = kind === 'unanswered' && pendingMs > 0 ? `nothing answered for ${seconds(pendingMs)}` : undefined;
    const late = (kind === 'machine' || kind === 'deadline') && (extra?.ms ?? 0) > deadlineMs / 10 ? extra?.why : undefined;
    // What was seen before says nothing when the last look failed.
    const failure = last?.error instanceof Error ? last.error.message : undefined;
    const details = [late, hung, (kind === 'unanswered' && failure) || seen?.() || failure].filter(Boolean);
    throw new WaitFailed(kind, [`waited for ${what}: it did not come ${how}`, ...details].join('; '), { cause: last?.error });
  }
}

type Wait<T> = Parameters<typeof waitFor<T>>;

/**
 * Waits for what may rightly not come: undefined after the deadline.
 * @throws {WaitFailed} when anything else ended the wait, since then nobody knows whether it would have come.
 */
export async function cameWithin<T>(...wait: Wait<T>): Promise<T | undefined> {
  return waitFor(...wait).catch(noneAfter('deadline'));
}

/** The same where an end of what is watched is an answer too: undefined after the deadline, and when it was over before. */
export async function cameBeforeEnd<T>(...wait: Wait<T>): Promise<T | undefined> {
  return waitFor(...wait).catch(noneAfter('deadline', 'over'));
}

function noneAfter(...kinds: readonly WaitEnd[]): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof WaitFailed) || !kinds.includes(error.kind)) throw error;
  };
}

/** What comes of work that is under way. It is left to itself when the wait ends before it does. */
export async function endOf<T>(what: string, work: Promise<T>, options: WaitOptions): Promise<T> {
  await waitFor(what, () => work.then(() => true, () => true), options);
  return work;
}

/** `2.8 s`. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

async function ask<T>(probe: () => T | undefined | Promise<T | undefined>): Promise<Answer<T>> {
  try {
    return { found: await probe() };
  } catch (error) {
    return { error: error ?? new Error('the probe threw nothing') };
  }
}

/** The answer, or undefined after `ms` or at an abort. An answer that came while this thread was busy is read first. */
function firstOf<T>(asking: Promise<T> | undefined, ms: number, signal: AbortSignal | undefined): Promise<T | undefined> {
  return new Promise((resolve) => {
    const done = (value?: T): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', none);
      resolve(value);
    };
    const none = (): void => void setImmediate(done);
    const timer = setTimeout(none, signal?.aborted ? 0 : ms);
    signal?.addEventListener('abort', none, { once: true });
    void asking?.then(done);
  });
}

import type { Contract } from '../contract/schema.ts';
import { stretchTimes } from '../system/wait.ts';

/** What the limits follow from; without a contract its defaults. */
export type Promises = {
  readonly executions: readonly { readonly timeoutSeconds?: number | undefined }[];
  readonly budgets: Pick<Contract['budgets'], 'readySeconds' | 'versionSeconds'>;
  readonly shutdown: Pick<Contract['shutdown'], 'withinSeconds'>;
};

const defaults: Promises = {
  executions: [], budgets: { readySeconds: 10, versionSeconds: 3 }, shutdown: { withinSeconds: 15 },
};

/** What a check does at most: launches that are queued with it, so many at a time, and executions that it drives one after the other. */
export type Work = { readonly launches?: number; readonly atOnce?: number; readonly executions?: number };

/** How long each thing is waited for, in milliseconds. A wait for a worker may be stretched, see system/wait. */
export type Limits = {
  /** Whether a worker ever gets ready; three times its budget, so that a slow start can be measured and reported as slow. */
  readonly readyMs: number;
  /** Whether the version or help command ever ends; likewise. */
  readonly askMs: number;
  /** Whether an execution ever ends that says nothing else (timeoutSeconds). */
  readonly executionMs: number;
  /** From the signal to the end of the last process: the contract's own. */
  readonly stopMs: number;
  /** Whether a worker ever answers a task of a type that it does not have: it is ready, so as long as an execution. */
  readonly answerMs: number;
  /** The last bound of a check, when everything that it waits for takes its whole time; every wait within is over before. */
  checkMs(work?: Work): number;
};

/** Less is no time for a process of this size on any machine. */
const leastMs = 30_000;

/** What the harness needs beside: rooms, histories, what is left behind, ending what is left. */
const harnessMs = 60_000;

/** The limits of a contract's worker. */
export function limitsOf(contract: Promises = defaults): Limits {
  const { budgets, shutdown, executions } = contract;
  const readyMs = Math.max(leastMs, 3_000 * budgets.readySeconds);
  const executionMs = leastMs;
  const longestMs = Math.max(leastMs, ...executions.map(({ timeoutSeconds = 0 }) => timeoutSeconds * 1_000));
  const stopMs = shutdown.withinSeconds * 1_000;
  return {
    readyMs,
    askMs: Math.max(leastMs, 3_000 * budgets.versionSeconds),
    executionMs,
    stopMs,
    answerMs: executionMs,
    checkMs({ launches = 1, atOnce = 1, executions: driven = executions.length } = {}) {
      // Whoever asks first waits for the shared worker too, and drives on it what others have not driven yet.
      const rounds = 1 + Math.ceil(launches / atOnce);
      return harnessMs + stretchTimes * (rounds * (readyMs + longestMs + stopMs) + (driven + executions.length) * longestMs);
    },
  };
}

import { constants } from 'node:os';
import { mainSignal } from '../contract/main-signal.ts';
import type { Contract } from '../contract/schema.ts';
import type { Exit } from '../system/launch/launch.ts';

/** What the contract promises about a stop; its defaults where there is no contract. */
export type PromisedStop = {
  readonly signals: readonly NodeJS.Signals[];
  /** The one by which more than ordinary stops are seen. */
  readonly main: NodeJS.Signals;
  /** Exit codes; minus n for an end by signal n. */
  readonly exitCodes: readonly number[];
  readonly withinMs: number;
  readonly inFlight: 'drain' | 'retry' | 'none';
  /** What becomes of the worker when the started process is killed; undefined where nothing is promised. */
  readonly parentKilled: 'ends' | undefined;
};

export function promisedStop(contract: Contract | undefined): PromisedStop {
  const { signals, exitCode, withinSeconds, inFlight, parentKilled } = contract?.shutdown ?? {
    signals: ['SIGTERM', 'SIGINT'] as const, exitCode: 0, withinSeconds: 15, inFlight: 'drain' as const, parentKilled: undefined,
  };
  const main = mainSignal<NodeJS.Signals>(signals) ?? 'SIGTERM';
  return { signals, main, exitCodes: [exitCode].flat(), withinMs: withinSeconds * 1_000, inFlight, parentKilled };
}

/** Whether a stop ended as promised. */
export function isAsPromised({ exitCodes }: Pick<PromisedStop, 'exitCodes'>, exit: Exit | undefined): boolean {
  if (exit === undefined || exit.error !== undefined) return false;
  return exitCodes.includes(exit.signal === null ? (exit.code ?? NaN) : -constants.signals[exit.signal]);
}

/** How a launch ended, in two or three words. */
export function exitText(exit: Exit | undefined): string {
  return exit === undefined ? 'still running' : (exit.error ?? exit.signal ?? `exit code ${exit.code}`);
}

/** For example "0 or -6". */
export function exitCodesText({ exitCodes }: Pick<PromisedStop, 'exitCodes'>): string {
  return exitCodes.join(' or ');
}

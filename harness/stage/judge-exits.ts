import { CheckFailed, CouldNotJudge } from '../model/errors.ts';
import type { CheckContext } from './check-context.ts';
import type { Ending } from './endings.ts';
import { exitCodesText, exitText, isAsPromised, type PromisedStop } from './promised-stop.ts';
import { summarise } from './summary.ts';

/** What a stop by this signal is compared with: stops of an idle worker, whose started process alone was told. */
export type Ordinary = { readonly signal: string; readonly idle: readonly Ending[] };

/** The number of a check of stops is the slowest; all of them are its measurement. */
export function measureStops(
  all: readonly Ending[], limitMs: number, signal: string, { id, value, measured, compares }: CheckContext,
): number {
  compares(all.length, 'stops');
  const slowestMs = Math.max(...all.map((stop) => stop.stopMs));
  value(Math.round(slowestMs), 'ms', limitMs);
  const samples = all.map((stop) => Math.round(stop.stopMs));
  const [, , target, moment] = id.split('.');
  const title = `${signal} ${target === 'parent' ? '' : `to the ${target}, `}${moment}: time to stop`;
  measured(summarise({ metric: id, title, unit: 'ms', variant: 'subject', samples, limit: limitMs }));
  return slowestMs;
}

/**
 * Passes when every stop ended as promised, in time.
 * @throws {CheckFailed} when one did not; `remedy` says what to do about another exit code.
 * @throws {CouldNotJudge} when one was late only for want of a CPU.
 */
export function judgeExits(
  promised: PromisedStop, all: readonly Ending[], signal: string, context: CheckContext,
  remedy = 'end the process after the clean stop with: flush the logs, then os._exit(code)',
): void {
  const { note, evidence, id } = context;
  const [, , target = 'parent'] = id.split('.');
  const told = target === 'parent' ? signal : `${signal} to the ${target}`;
  const limitMs = promised.withinMs;
  const good = all.filter(({ exit, stopMs }) => isAsPromised(promised, exit) && stopMs <= limitMs);
  const slowestMs = measureStops(all, limitMs, signal, context);
  note(`${all.length} stops, exit ${exitCodesText(promised)} in ${good.length}, slowest ${(slowestMs / 1000).toFixed(1)} s`);
  const late = all.find((stop) => !good.includes(stop));
  const bad = all.find((stop) => !good.includes(stop) && stop.excuse === undefined);
  if (bad === undefined && late !== undefined) throw new CouldNotJudge(`a stop took ${late.excuse}`);
  if (bad === undefined) return;
  evidence('output of a worker that did not stop as promised', 'output.log', bad.launch.output.text());
  const got = all.map(({ exit }) => exitText(exit)).join(', ');
  if (bad.exit === undefined || isAsPromised(promised, bad.exit)) {
    throw new CheckFailed(`${told} does not end the worker within ${limitMs / 1000} s`, {
      expected: `the end of the process within ${limitMs / 1000} s`,
      got,
      remedy: `handle ${signal} in the worker and shut it down; a handler must be installed in the Python process, not only in a wrapper`,
    });
  }
  throw new CheckFailed(`after ${told} the worker ended with ${exitText(bad.exit)} in ${all.length - good.length} of ${all.length} ` +
    'stops', { expected: `exit code ${exitCodesText(promised)} in every stop`, got, remedy });
}

/**
 * A stop of another kind says nothing of itself where an idle worker, of which the started process alone is told, does no better.
 * @throws {CouldNotJudge} which sends the reader to the check that says why.
 */
export function mustStopOrdinarily(promised: PromisedStop, { signal, idle }: Ordinary, what: 'exits' | 'ends'): void {
  const worse = idle.find(({ exit }) => (what === 'ends' ? exit === undefined : !isAsPromised(promised, exit)));
  if (worse !== undefined) throw new CouldNotJudge(`${signal} to the started process of an idle worker is not answered as promised ` +
    `either: ${exitText(worse.exit)}`);
}

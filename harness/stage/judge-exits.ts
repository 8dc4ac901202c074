import { CheckFailed, CouldNotJudge } from '../model/errors.ts';
import { handlingOf } from '../system/processes/signal-handling.ts';
import type { CheckContext } from './check-context.ts';
import { endings, type Ending } from './endings.ts';
import { exitCodesText, exitText, isAsPromised, type PromisedStop } from './promised-stop.ts';
import { adviceFor, type StopFault } from './stop-advice.ts';
import { faultClause, faultOf, workerLivesOn } from './stop-fault.ts';
import type { Stop } from './stop.ts';
import { launches } from './launches.ts';
import { summarise } from './summary.ts';
import { workerSdk } from './worker-sdk.ts';

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

/** Stops by a signal, and the fault that other ones than those of an idle worker have of their own. */
export type Judged = { readonly all: readonly (Ending & Pick<Stop, 'signs'>)[]; readonly signal: NodeJS.Signals; readonly own?: StopFault };

/**
 * Passes when every stop ended as promised, in time, and the worker with it.
 * @throws {CheckFailed} when one did not, with the remedy for what was seen of it.
 * @throws {CouldNotJudge} when one was late only for want of a CPU.
 */
export async function judgeExits(promised: PromisedStop, { all, signal, own }: Judged, context: CheckContext): Promise<void> {
  const { note, evidence, id } = context;
  const [, , target = 'parent'] = id.split('.');
  const told = target === 'parent' ? signal : `${signal} to the ${target}`;
  const limitMs = promised.withinMs;
  const good = all.filter((stop) => isAsPromised(promised, stop.exit) && stop.stopMs <= limitMs && !workerLivesOn(stop));
  const slowestMs = measureStops(all, limitMs, signal, context);
  note(`${all.length} stops, exit ${exitCodesText(promised)} in ${good.length}, slowest ${(slowestMs / 1000).toFixed(1)} s`);
  const late = all.find((stop) => !good.includes(stop));
  const bad = all.find((stop) => !good.includes(stop) && stop.excuse === undefined);
  if (bad === undefined && late !== undefined) throw new CouldNotJudge(`a stop took ${late.excuse}`);
  if (bad === undefined) return;
  evidence('output of a worker that did not stop as promised', 'output.log', bad.launch.output.text());
  const got = all.map(({ exit }) => exitText(exit)).join(', ');
  const { clause, remedy } = await whyOf(promised, bad, context, own);
  const limit = `within ${limitMs / 1000} s`;
  if (bad.exit === undefined || bad.stopMs > limitMs) {
    throw new CheckFailed(`${told} does not end the worker ${limit}${clause}`, {
      expected: `the end of the process ${limit}`, got, remedy,
    });
  }
  throw new CheckFailed(`after ${told} the worker ended with ${exitText(bad.exit)} in ${all.length - good.length} of ${all.length} ` +
    `stops${clause}`, { expected: `exit code ${exitCodesText(promised)} in every stop, and the end of the worker`, got, remedy });
}

/** What is wrong with a stop that is not as promised. */
export async function faultOfStop(
  promised: PromisedStop, bad: Ending & Pick<Stop, 'signs'>, context: Pick<CheckContext, 'use' | 'run'>,
): Promise<StopFault> {
  const { all } = await context.use(endings);
  const well = all.some(({ signal, exit }) => signal === bad.signal && isAsPromised(promised, exit));
  const sdk = await workerSdk(context);
  // Some runtimes handle every signal, whatever the worker does.
  return faultOf(promised, bad, well || (bad.signs?.handling === 'default' && await isHandled(bad.signal, context)), sdk);
}

/** Whether a launch that has run for longer handles a signal now, as far as the system tells. */
async function isHandled(signal: NodeJS.Signals | undefined, { use }: Pick<CheckContext, 'use'>): Promise<boolean> {
  const { first } = await use(launches);
  if (signal === undefined || first === undefined || !first.isReady || first.launch.exit !== undefined) return false;
  return handlingOf(await first.worker(), signal) === 'caught';
}

/** What was seen of a stop that is not as promised, as a clause, and what to do about it in the words of the worker's SDK. */
async function whyOf(
  promised: PromisedStop, bad: Ending & Pick<Stop, 'signs'>, context: Pick<CheckContext, 'use' | 'run'>, own?: StopFault,
): Promise<{ readonly clause: string; readonly remedy: string }> {
  const fault = await faultOfStop(promised, bad, context);
  const isOrdinary = fault === 'exit-code' || fault === 'no-handler' || fault === 'too-late';
  const chosen = own !== undefined && isOrdinary ? own : fault;
  return { clause: faultClause(chosen, bad), remedy: adviceFor(chosen, await workerSdk(context), bad.signal ?? 'SIGTERM') };
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

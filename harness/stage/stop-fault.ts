import { constants } from 'node:os';
import { sendSignal } from '../system/processes/kill.ts';
import type { Handling } from '../system/processes/signal-handling.ts';
import { cameWithin, seconds } from '../system/wait.ts';
import type { Launch } from '../system/launch/launch.ts';
import type { Ending } from './endings.ts';
import { isAsPromised, type PromisedStop } from './promised-stop.ts';
import type { StopFault } from './stop-advice.ts';
import type { SdkName } from './worker-sdk.ts';

/** What was looked at around a stop, beside how it ended. */
export type Signs = {
  /** The process that polled, and what it did with the signal before that came. */
  readonly worker: number;
  readonly handling: Handling | undefined;
  /** One that had not ended in time ended so long after that. */
  readonly lateMs?: number;
  /** It was looked at for so long after its time. */
  readonly lookedMs?: number;
  /** Then the worker's own process was told, and that ended. */
  readonly ownEnds?: boolean;
};

/** One that does not end in time is looked at for so long after that, and so long once it was told itself. */
const lookMs = { more: 10_000, told: 5_000 };

/** What becomes of a worker that has not ended in time: whether it ends late, or by a signal of its own. */
export async function lookOn(launch: Launch, worker: number, signal: NodeJS.Signals): Promise<Partial<Signs>> {
  const fromMs = performance.now();
  const ended = await launch.waitForExit(lookMs.more);
  const lookedMs = performance.now() - fromMs;
  if (ended !== undefined) return { lateMs: lookedMs };
  if (worker === launch.pid) return { lookedMs };
  sendSignal(worker, signal);
  const gone = (): true | undefined => launch.alive().every(({ pid }) => pid !== worker) || undefined;
  return { lookedMs, ownEnds: (await cameWithin("the end of the worker's process", gone, { deadlineMs: lookMs.told })) ?? false };
}

/** How a stop went, as far as it is known. */
export type Judgeable = Pick<Ending, 'exit' | 'signal' | 'stopMs'> & {
  readonly signs?: Signs | undefined; readonly remains: { readonly survivors: readonly { readonly pid: number }[] };
};

const crashes: ReadonlySet<string | null> = new Set(['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP']);

/** Whether nobody sends this signal: the process itself did something that cannot be. */
export function isCrash(signal: string | null): boolean {
  return crashes.has(signal);
}

/** Whether the process that polled lives on after the started one has ended. */
export function workerLivesOn({ exit, signs, remains }: Judgeable): boolean {
  return exit !== undefined && remains.survivors.some(({ pid }) => pid === signs?.worker);
}

/** What is wrong with a stop that is not as promised; `elsewhere` says that another launch of the run handles the signal, or did. */
export function faultOf(promised: PromisedStop, stop: Judgeable, elsewhere: boolean, sdk: SdkName | undefined): StopFault {
  const { exit, signs } = stop;
  if (exit === undefined) {
    if (signs?.lateMs !== undefined) return 'too-slow';
    if (signs?.ownEnds === true) return 'wrapper';
    return signs?.handling === 'ignored' ? 'ignored' : 'hangs';
  }
  if (workerLivesOn(stop)) return 'wrapper';
  if (isAsPromised(promised, exit)) return 'too-slow';
  if (isCrash(exit.signal)) return 'aborted';
  if (endedBySignal(stop, sdk) && !ownHandler(stop, sdk)) return elsewhere ? 'too-late' : 'no-handler';
  return 'exit-code';
}

/** By the signal itself, or by the code with which a shell tells of that; a JVM always ends so. */
function endedBySignal({ exit, signal, signs }: Judgeable, sdk: SdkName | undefined): boolean {
  if (exit === undefined || signal === undefined) return false;
  return exit.signal === signal || (sdk !== 'java' && signs?.handling === 'default' && exit.code === 128 + constants.signals[signal]);
}

/** A handler ends it so on purpose. Go's runtime and Python (SIGINT) have handlers of their own, which do the same as none. */
function ownHandler({ signal, signs }: Judgeable, sdk: SdkName | undefined): boolean {
  return signs?.handling === 'caught' && sdk !== 'go' && !(sdk === 'python' && signal === 'SIGINT');
}

/** The clause that says what was seen of a fault; empty where the sentence says it all. */
export function faultClause(fault: StopFault, { signal, signs, exit }: Judgeable): string {
  const own = `the worker, process ${signs?.worker},`;
  switch (fault) {
    case 'no-handler': return `: nothing in it handles ${signal}`;
    case 'ignored': return `: its process ignores ${signal}`;
    case 'wrapper': return exit === undefined
      ? `: ${own} ends by ${signal} when it is told itself, so what started it does not hand the signal on`
      : `: ${own} lives on, so what started it does not hand the signal on`;
    case 'too-late': return ': its handler was not there yet, as it is in other launches';
    case 'aborted': return ': it crashed at its end';
    case 'exit-code':
      return signs?.handling === 'caught' && exit?.signal === signal ? ': its handler lets the signal end it after all' : '';
    case 'too-slow': return signs?.lateMs === undefined ? '' : `: it ended ${seconds(signs.lateMs)} after that`;
    case 'hangs': return signs?.lookedMs === undefined ? '' : `, nor ${seconds(signs.lookedMs)} later`;
    default: return '';
  }
}

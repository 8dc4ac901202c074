import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { median } from 'simple-statistics';
import { pressureMs } from './cpu-linux.ts';

/**
 * What else a machine did while a pair ran: in how much of the time something had to wait for a CPU (PSI), and how much of its CPUs was
 * taken away by the machine that it is a guest of. Each is left out where the system does not tell it.
 */
export type Contention = { readonly waitingPercent?: number; readonly stolenPercent?: number };

/** Watches from now on, until what it gave is called. */
export function watchContention(): () => Contention {
  const [startMs, waiting, stolen] = [performance.now(), pressureMs(), stolenMs()];
  return () => {
    const [elapsedMs, waitingNow, stolenNow] = [performance.now() - startMs, pressureMs(), stolenMs()];
    return {
      ...shareOf('waitingPercent', waiting, waitingNow, elapsedMs),
      ...shareOf('stolenPercent', stolen, stolenNow, elapsedMs * cpus().length),
    };
  };
}

function shareOf(name: keyof Contention, from: number | undefined, to: number | undefined, ofMs: number): Contention {
  return from === undefined || to === undefined || ofMs <= 0 ? {} : { [name]: Math.round((1_000 * (to - from)) / ofMs) / 10 };
}

/** The eighth field of the first line of /proc/stat, proc(5), in ticks of 10 ms: what other guests had, all CPUs together. */
export function parseStolen(stat: string): number | undefined {
  const ticks = /^cpu +(?:\d+ +){7}(\d+)/m.exec(stat)?.[1];
  return ticks === undefined ? undefined : Number(ticks) * 10;
}

function stolenMs(): number | undefined {
  return process.platform === 'linux' ? parseStolen(readFileSync('/proc/stat', 'latin1')) : undefined;
}

/** From here on nobody can tell by times what a program takes. */
const unfitPercent = 25;

/** That a machine is not fit for what these pairs should tell; undefined where it is, or nobody knows. */
export function unfitSentence(pairs: readonly Contention[]): string | undefined {
  const of = (key: keyof Contention): number => {
    const seen = pairs.flatMap((pair) => pair[key] ?? []);
    return seen.length === 0 ? 0 : median(seen);
  };
  const [waiting, stolen] = [of('waitingPercent'), of('stolenPercent')];
  if (waiting < unfitPercent && stolen < unfitPercent) return undefined;
  return 'this machine is not fit for it: ' + (waiting >= unfitPercent
    ? `in ${Math.round(waiting)} % of the time something waited for a CPU`
    : `${Math.round(stolen)} % of its CPUs were taken away by others on the same host`);
}

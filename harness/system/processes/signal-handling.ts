import { constants } from 'node:os';
import { readProc } from '../proc.ts';

/** What a process does with a signal: it ends by it, does not hear it, or has a handler. */
export type Handling = 'default' | 'ignored' | 'caught';

/** Reads the masks SigIgn and SigCgt of /proc/PID/status, proc(5); undefined where a text has none of them. */
export function parseHandling(status: string, signal: NodeJS.Signals): Handling | undefined {
  const [ignored, caught] = ['SigIgn', 'SigCgt'].map((name) => new RegExp(`^${name}:\\s+([0-9a-f]+)$`, 'm').exec(status)?.[1]);
  if (ignored === undefined || caught === undefined) return undefined;
  const isIn = (mask: string): boolean => ((BigInt(`0x${mask}`) >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n;
  return isIn(ignored) ? 'ignored' : isIn(caught) ? 'caught' : 'default';
}

/** What a process does with a signal now; undefined where the system does not tell, as only Linux does. */
export function handlingOf(pid: number, signal: NodeJS.Signals): Handling | undefined {
  return process.platform === 'linux' ? parseHandling(readProc(`${pid}/status`), signal) : undefined;
}

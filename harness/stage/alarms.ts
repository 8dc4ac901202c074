import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { isAlarm, printers } from '../runtimes/registry.ts';
import { isTraceback } from './traceback.ts';

/** What is promised of a log without them. */
export const noAlarm: string = `no traceback and no message of the ${printers}`;

/** Whether a line says that something went wrong. */
export function isAlarming(line: string): boolean {
  return isTraceback(line) || isAlarm(line);
}

/**
 * The first such line of a file between two places, with some that follow it; however long the file is. What ends with something `known` is
 * left out: it is told elsewhere.
 */
export async function alarmIn(file: string, from: number, to: number, known: readonly string[] = []): Promise<string | undefined> {
  if (to <= from) return undefined;
  const stream = createReadStream(file, { start: from, end: to - 1 });
  let found: string[] = [];
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
      if (found.length > 0 || isAlarming(line)) found.push(line);
      if (known.some((said) => line.includes(said))) found = [];
      if (found.length > (known.length > 0 ? longest : following)) break;
    }
  } finally {
    stream.destroy();
  }
  return found.length === 0 ? undefined : found.slice(0, following + 1).join('\n');
}

/** A traceback says at its end what went wrong: so many lines are shown, and so many it may have. */
const [following, longest] = [8, 100];

import { isPointer } from '../../contract/pointers.ts';
import type { Endings, Ending } from '../endings.ts';
import type { Launches } from '../launches.ts';
import type { Actor } from '../actor.ts';
import type { RunContext } from '../run-context.ts';
import { isAsPromised } from '../promised-stop.ts';
import { atOnce, type Endured } from './endurance.ts';
import { commonWords, silences, unnamedAtEnd, wordsOf } from './words.ts';

/** Of fewer stops nobody knows what a worker says at each. */
const leastStops = 2;

/**
 * Sentences about lines that the worker wrote and that are not in its log; empty where nothing is known to be missing. What it must have
 * written is known from itself: what it says for each execution, and what it says at every other stop.
 */
export function lostLines({ actor, ids, looks, ending }: Endured, others: readonly string[][]): string[] {
  if (ending?.exit === undefined) return [];
  const lines = actor.launch.output.lines.map(({ text }) => text);
  const steps = looks.map(({ executions, lines: seen }) => ({ executions, lines: seen }));
  const unnamed = unnamedAtEnd(ids, lines, atOnce);
  const [silence] = silences(lines, steps);
  // What others were about to say when the signal came, this one may have said long before.
  const words = new Set(lines.map((line) => wordsOf(line)));
  const missing = others.length < leastStops ? [] : commonWords(others).filter((said) => !words.has(said));
  return [
    ...(unnamed > 0 ? [`the log names ${ids.length - unnamed} executions by their id, the last ${unnamed} are not in it`] : []),
    ...(silence === undefined ? [] : [`"${silence.words.slice(0, 120)}" stands ${silence.said} times in the log, the last ` +
      `${silence.missing} are missing`]),
    ...(missing[0] === undefined ? [] : [`"${missing[0].slice(0, 120)}", which it writes at every other stop, is not in this log`]),
  ];
}

/** What launches with the same configuration wrote from the same signal on, each that ended as promised. */
export function saidAtStops(
  { actor, ending }: Endured, { all }: Pick<Launches, 'all'>, ended: Endings, { contract }: Pick<RunContext, 'contract'>,
): string[][] {
  const configured = Object.entries(contract?.environment ?? {}).filter(([, { from, secret }]) => from === undefined && !secret);
  const names = configured.map(([name]) => name).filter((name) => !isPointer(contract, name));
  const isAlike = (other: Actor): boolean => other !== actor && other.launch.command.variant === 'subject'
    && names.every((name) => other.environment[name] === actor.environment[name]);
  const alike = all.filter((other) => isAlike(other));
  // One that never worked may say so.
  if (!alike.some(({ executions }) => executions.length > 0)) return [];
  return alike.flatMap((other) => {
    const stop = ended.of(other.launch);
    return stop?.exit && stop.signal === ending?.signal && isAsPromised(ended.promised, stop.exit) ? [saidFrom(other, stop)] : [];
  });
}

function saidFrom({ launch: { exit, output } }: Actor, { stopMs }: Ending): string[] {
  const signalAtMs = (exit?.atMs ?? 0) - stopMs;
  return output.lines.flatMap(({ atMs, text }) => (atMs >= signalAtMs ? [text] : []));
}

import { randomBytes } from 'node:crypto';
import { plainName } from '../plain-name.ts';
import { limited, limitedPids, newLimitMark, type LimitMark, type Started } from './limit-marks-linux.ts';
import { allPids, pidsWithEnvironment } from './process-table.ts';

/**
 * What every process of one launch carries from its start, also after it was re-parented, so that nothing of it can hide. On Linux two
 * limits, which no process sheds by the way; elsewhere a variable, which one with a cleared environment has not. Neither says who watches,
 * and two launches have nothing in common. Plain data: the watchdog is told of it.
 */
export type Mark = { readonly limits: LimitMark } | { readonly variable: readonly [name: string, value: string] };

/** A mark for one launch, the best that works here. */
export function newLaunchMark(): Mark {
  const limits = newLimitMark();
  return limits === undefined ? { variable: [plainName().toUpperCase(), plainName()] } : { limits };
}

/** How a program is started so that it carries a mark, with the variables that belong to it. */
export type Marked = Started & { readonly variables: Readonly<Record<string, string>> };

/** The same program with a mark. */
export function marked(mark: Mark, file: string, args: readonly string[]): Marked {
  if ('limits' in mark) return { ...limited(mark.limits, file, args), variables: {} };
  const [name, value] = mark.variable;
  return { file, args, variables: { [name]: value }, begun: () => {} };
}

/** The pids that carry one of the marks, of all processes or of some. */
export function pidsCarrying(marks: readonly Mark[], among?: readonly number[]): number[] {
  const limits = marks.flatMap((mark) => ('limits' in mark ? [mark.limits] : []));
  const variables = marks.flatMap((mark) => ('variable' in mark ? [mark.variable.join('=')] : []));
  return [
    ...(limits.length > 0 ? limitedPids(limits, among ?? allPids()) : []),
    ...variables.flatMap((entry) => pidsWithEnvironment(entry, among)),
  ];
}

/** Twelve random hexadecimal digits, short enough to be part of a path; for what no worker sees. */
export function newMark(): string {
  return randomBytes(6).toString('hex');
}

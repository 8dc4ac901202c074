/** A line without what differs from one time to the next: every word with a digit in it. */
export function wordsOf(line: string): string {
  return line.replaceAll(/[\w.:+-]+/g, (word) => (/\d/.test(word) ? '#' : word)).trim();
}

/**
 * The executions at the end that a log does not name, where it names every one before by its id; 0 where it names all, and where it does
 * not name them. Those that run at the same time may be named in any order.
 */
export function unnamedAtEnd(ids: readonly string[], lines: readonly string[], atOnce: number): number {
  const found = lines.flatMap((line) => line.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []);
  const named = new Set(found);
  const missing = ids.flatMap((id, index) => (named.has(id) ? [] : [index]));
  const isTail = missing.length <= ids.length / 2 && (missing[0] ?? 0) >= ids.length - missing.length - atOnce;
  return isTail ? missing.length : 0;
}

/** How many lines had been seen when so many executions were done. */
export type Step = { readonly executions: number; readonly lines: number };

/** What a worker says once for each execution, how often it said it, and how often it did not at the end. */
export type Silence = { readonly words: string; readonly said: number; readonly missing: number };

/**
 * What a worker said once, or twice, for each execution as long as it was heard, and no more at the end: lines that wait in a buffer come
 * in bursts, and the last burst never came. `lines` are all to the end of the process, the first step is before the first execution. What
 * was not said for much longer than a burst takes had been given up before.
 */
export function silences(lines: readonly string[], steps: readonly Step[]): Silence[] {
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const total = last.executions - first.executions;
  const window = total / (steps.length - 1);
  const places = Map.groupBy(lines.map((line, index) => ({ words: wordsOf(line), index })).slice(first.lines), ({ words }) => words);
  return [...places].flatMap(([words, said]) => {
    if (said.length < total / 2) return [];
    const heard = steps.map((step) => (
      { done: step.executions - first.executions, count: said.filter(({ index }) => index < step.lines).length }
    ));
    const arrivals = heard.filter(({ count }, index) => count > (heard[index - 1]?.count ?? 0));
    const end = arrivals.at(-1);
    if (end === undefined || said.length > end.count) return [];
    const each = Math.round(end.count / end.done);
    const isRegular = each > 0 && arrivals.every(({ done, count }) => Math.abs(each * done - count) <= each * window);
    const longest = Math.max(...arrivals.map(({ done }, index) => done - (arrivals[index - 1]?.done ?? 0)));
    const missing = each * total - said.length;
    const isBurst = total - end.done <= 1.5 * longest + window;
    return isRegular && isBurst && missing > each * window ? [{ words, said: said.length, missing }] : [];
  });
}

/** The words of lines that every one of several logs has. */
export function commonWords(logs: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = logs.map((lines) => new Set(lines.map((line) => wordsOf(line))));
  return [...first].filter((words) => words !== '' && others.every((other) => other.has(words)));
}

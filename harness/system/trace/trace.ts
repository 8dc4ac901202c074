import { parseCall, type Call } from './call.ts';

/** What strace recorded of one launch. */
export type Trace = {
  readonly calls: readonly Call[];
  /** The first process, which is the started one; undefined in an empty trace. */
  readonly root: number | undefined;
  /** Whether it was seen from the first program to the end of the started process: then nothing is missing. */
  readonly isWhole: boolean;
};

/** Nine in ten: every import opens some files. Nothing is judged by what was read, but what was not there may be missing. */
function isReadingOpen(line: string): boolean {
  return /^open(?:at2?)?\(/.test(line) && !/\bO_(?:WRONLY|RDWR|CREAT|TRUNC)\b/.test(line) && !/\) += -1 ENOENT \([^)]*\)$/.test(line);
}

/** Of what is written, only what may go to somebody: names are asked for so. */
function isOwnWrite(line: string): boolean {
  return line.startsWith('write(') && !/^write\(\d+<(?:socket|UDP)/.test(line);
}

/** One after the other: a trace is long, and all of its lines at once take several times its size. */
function* linesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const to = text.indexOf('\n', from);
    yield text.slice(from, to < 0 ? text.length : to);
    from = to < 0 ? text.length : to + 1;
  }
}

/** The lines of a trace, each with its process; a call that others interrupted stands in two of them and is given whole, at its end. */
export function* wholeLines(text: string): Generator<readonly [pid: number, line: string]> {
  const begun = new Map<number, string>();
  for (const line of linesOf(text)) {
    const [, digits, said = ''] = /^(\d+) +(.*)$/s.exec(line) ?? [];
    if (digits === undefined) continue;
    const pid = Number(digits);
    const resumed = /^<\.\.\. \w+ resumed>/.exec(said);
    const whole = resumed === null ? said : `${begun.get(pid) ?? ''}${said.slice(resumed[0].length)}`;
    if (said.endsWith(unfinished)) begun.set(pid, whole.slice(0, -unfinished.length));
    else yield [pid, whole];
  }
}

const unfinished = ' <unfinished ...>';

/** Reads a trace, whose lines are `PID call(…) = value`. */
export function readTrace(text: string): Trace {
  const calls: Call[] = [];
  const ended = new Set<number>();
  let root: number | undefined;
  for (const [pid, line] of wholeLines(text)) {
    root ??= pid;
    if (/^\+\+\+ (?:exited|killed)/.test(line)) ended.add(pid);
    const call = isReadingOpen(line) || isOwnWrite(line) ? undefined : parseCall(pid, line);
    if (call !== undefined) calls.push(call);
  }
  const first = calls[0];
  const isWhole = root !== undefined && first?.pid === root && first.name === 'execve' && first.value === 0 && ended.has(root);
  return { calls, root, isWhole };
}

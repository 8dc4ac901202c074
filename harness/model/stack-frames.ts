/** `at name (file:line:column)` as V8 writes it; the last one of an error with fields of its own ends with a brace. */
const ofV8 = /^\s+at .*(?:[^\s(]:\d+:\d+|<anonymous>)\)?(?: \{)?$/;

/** Where Go was, below the line that names the function. */
const ofGo = /^\t\S.*\.go:\d+(?: \+0x[0-9a-f]+)?$/;

/** Whether a line is a frame of a JavaScript error's stack. */
export function isV8Frame(line: string): boolean {
  return ofV8.test(line);
}

/** Lines of output without the frames that JavaScript and Go print below what went wrong; Python prints them above it. */
export function withoutFrames(lines: readonly string[]): string[] {
  return lines.filter((line, index) => !ofV8.test(line) && !ofGo.test(line) && !ofGo.test(lines[index + 1] ?? ''));
}

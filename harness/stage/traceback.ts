/**
 * What no healthy start prints, whatever the log's format: the heading of a traceback on a line of its own, or drawn as a box; a frame,
 * also inside of a text of JSON; an exception as fields of JSON; what Python prints when it cannot go on. The words alone, as in "a
 * Traceback (most recent call last) is shown with DEBUG", are none. Go names the goroutine that broke down.
 */
const forms = [
  /^\W*(?:Exception Group )?Traceback \(most recent call last\):\s*$/,
  /[─-]{2} Traceback \(most recent call last\) [─-]{2}/,
  /File \\?"[^"\n]+", line \d+, in /,
  /"exc_type": ?"/,
  /^--- Logging error ---/,
  /^Fatal Python error: /,
  /^Segmentation fault\b/,
  /^goroutine \d+ \[[\w ,]+\]:$/,
];

/** Whether a line of output is part of a traceback, or says that Python or Go broke down. */
export function isTraceback(line: string): boolean {
  return forms.some((form) => form.test(line));
}

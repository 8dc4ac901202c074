const escape = '\u001B';
const bell = '\u0007';

// ECMA-48: control sequences (CSI), control strings (OSC, DCS, SOS, PM, APC) and two-character escapes, in their 7- and 8-bit forms.
// A control string ends at the latest with its line: one without an end must not swallow the rest of a log.
const controlSequence = new RegExp(`(?:${escape}\\[|\u009B)[0-?]*[ -/]*[@-~]?`, 'g');
const controlString = new RegExp(
  `(?:${escape}[\\]PX^_]|[\u0090\u0098\u009D-\u009F])[^${bell}${escape}\u009C\\n\\r]*(?:${bell}|${escape}\\\\|\u009C)?`,
  'g',
);
const shortEscape = new RegExp(`${escape}[ -/]*[0-~]?`, 'g');

const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const control = /[\p{Cc}--[\n\t]]/gv;
// Unicode's bidirectional formatting characters, the byte order mark, and what XML 1.0 forbids.
const invisible = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/g;
// All of the above in one look: most texts have nothing of it.
const suspicious = /[[\p{Cc}--[\n\t]]\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF\p{Surrogate}]/v;

/**
 * Text of the subject made safe to show: without terminal sequences, control characters and marks that reorder text.
 * Newlines and tabs stay, every kind of line end becomes `\n`, lone surrogates become U+FFFD. The result is legal in XML 1.0.
 */
export function clean(text: string): string {
  if (!suspicious.test(text)) return text;
  return text
    .toWellFormed()
    .replace(controlString, '')
    .replace(controlSequence, '')
    .replace(shortEscape, '')
    .replace(lineEnds, '\n')
    .replace(control, '')
    .replace(invisible, '');
}

/** Cleaned text on one line: runs of white space become one blank. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ').trim();
}

// The runner trims Unicode white space before it looks for `::`, and compares by culture, which skips invisible characters.
const lineStart = /^((?:[^\S\n]|\p{Default_Ignorable_Code_Point})*):(?=:)/gmu;
const bracketed = /##(?=\w*\[)/g;

/**
 * Text in which no line is a command to a CI runner: `::name::` at the start of a line, blanks aside, and `##[name]` anywhere
 * (GitHub: actions/runner, `ActionCommand.cs`), `##vso[…]` (Azure) and `##teamcity[…]`. A blank breaks the mark; nothing else changes.
 */
export function withoutCommands(text: string): string {
  return text.replace(lineStart, '$1: ').replace(bracketed, '## ');
}

/** The text, or its first `limit` characters and an ellipsis. Never cuts a character in two. */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Without the line ends at its end; in linear time also for a text of a million line ends, which `\n+$` alone is not. */
export function withoutLastLineEnds(text: string): string {
  return text.replace(/(?<!\n)\n+$/, '');
}

/** The text on one line of at most `limit` characters, whatever its length. */
export function shortLine(text: string, limit: number): string {
  return shorten(oneLine(shorten(text, 10_000)), limit);
}

/** What JSON leaves as it is and a terminal obeys or an editor reorders: DEL and the 8-bit controls, line ends, bidirectional marks. */
const unescaped = /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g;

/** A value as JSON that a person may look at: on one line, or indented by so many blanks. */
export function safeJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(unescaped, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A value as the text of a JSON file. */
export function jsonText(value: unknown): string {
  return `${safeJson(value, 2)}\n`;
}

const headLines = 20;
const tailLines = 40;
const lineLimit = 2000;

/** Reading costs time for every character; of more than this the middle is not even looked at. */
const readCharacters = 4_000_000;
const half = readCharacters / 2;

function bothEnds(text: string, between: (omitted: number) => string): string {
  const omitted = text.length - readCharacters;
  return omitted <= 0 ? text : `${text.slice(0, half)}\n${between(omitted)}${text.slice(-half)}`;
}

const pieceCharacters = 10_000;
/** Longer than what any pattern spans, so that nothing is lost where a long line is divided. */
const overlap = 1000;

/** The lines of a text: of over 4 million characters both ends, and a line (a history) over 10,000 characters in pieces that overlap. */
export function boundedLines(text: string): string[] {
  const step = pieceCharacters - overlap;
  return bothEnds(text, () => '').split(/\r?\n/).flatMap((line) => (line.length <= pieceCharacters ? [line] : Array.from(
    { length: Math.ceil((line.length - overlap) / step) }, (_, index) => line.slice(index * step, index * step + pieceCharacters),
  )));
}

/** Cleaned text, cut to its first 20 and last 40 lines with `<n lines omitted>` between them, and each line to 2,000 characters. */
export function excerpt(text: string): string {
  const cleaned = clean(bothEnds(text, (omitted) => `<${omitted} characters omitted>\n`));
  const lines = withoutLastLineEnds(cleaned).split('\n').map((line) => shorten(line, lineLimit));
  const omitted = lines.length - headLines - tailLines;
  if (omitted <= 0) return lines.join('\n');
  return [...lines.slice(0, headLines), `<${omitted} lines omitted>`, ...lines.slice(-tailLines)].join('\n');
}

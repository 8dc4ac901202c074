import { clean, oneLine, shorten, withoutLastLineEnds, withoutCommands } from '../model/text.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;', '\u200B': '&#8203;' };
/** Longer texts belong into a code block or the evidence. */
const longestText = 5000;
// Whatever `plain` changes has one of these; most texts have none.
const special = /[\\`*[\]~$_&<>|\u200B@#:]|GH-|www\.|^[+=-]|^\d{1,9}[.)]/i;

/**
 * Text on one line, cut to 5,000 characters, that Markdown shows as it is, in a paragraph and in a table cell. `|` becomes an entity,
 * because readers disagree about a backslash before an escaped pipe. A subject cannot put links, headings or lists into the report, nor
 * mention a person or an issue: `://` and `www.` are broken up, and a zero-width space follows `@`, `#` before a digit and `GH-` (GitHub
 * makes links of those after it has resolved escapes and entities). A backslash is what GitHub's formulas respect before `$`.
 */
export function plain(text: string): string {
  const line = oneLine(shorten(text, longestText));
  if (!special.test(line)) return line;
  return withEntities(withoutReferences(line).replace(/[\\`*[\]~$]/g, String.raw`\$&`))
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, String.raw`\_`)
    .replaceAll('://', '&#58;//')
    .replace(/www\./gi, (prefix) => `${prefix.slice(0, 3)}&#46;`)
    .replace(/^[\s\p{Default_Ignorable_Code_Point}]*:(?=:)/u, (colon) => `${colon.slice(0, -1)}&#58;`)
    .replace(/^[#+=-]/, String.raw`\$&`)
    .replace(/^(\d{1,9})([.)])(?= |$)/, String.raw`$1\$2`);
}

/** The same, and a dash where nothing would be left: an empty paragraph or list item would change what stands around it. */
export function plainOrDash(text: string): string {
  return plain(text) || '–';
}

/** Text on one line inside an HTML element that stands in Markdown, where no escapes of Markdown hold. */
export function plainInElement(text: string): string {
  return withEntities(withoutReferences(withoutCommands(oneLine(shorten(text, longestText))))) || '–';
}

/** Text as inline code, in a paragraph and in a table cell. */
export function code(text: string): string {
  const line = oneLine(shorten(text, longestText));
  // A code span in a table cell cannot hold every text (pipes, backslashes, backticks); the element can.
  return /^[\w ./:=@,+()%-]+$/.test(line) ? `\`${line}\`` : `<code>${plain(line)}</code>`;
}

/** Text as a code block; the fence is longer than any run of backticks inside (CommonMark 0.31, 4.5). */
export function fenced(text: string, language: 'text' | 'sh' = 'text'): string {
  const content = withoutCommands(withoutLastLineEnds(clean(text)));
  const longest = (content.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content}\n${fence}`;
}

/** A link to a file below the report's folder: its path, of at most 4,096 characters as in every file system, cannot lead out of it. */
export function fileLink(title: string, path: string): string {
  const parts = path.slice(0, 4096).toWellFormed().split(/[\\/]/).filter((part) => !['', '.', '..'].includes(part));
  const encoded = encodeURIComponent(parts.join('/')).replaceAll('%2F', '/');
  const target = encoded.replace(/[()!'*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `[${plain(title) || 'file'}](${target})`;
}

/** A table; cells must be escaped already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A part of a document under its title, `heading` being its `#`; nothing without a body. */
export function section(heading: string, title: string, body: string): string {
  return body === '' ? '' : `${heading} ${title}\n\n${body}`;
}

function withoutReferences(line: string): string {
  return line.replace(/@(?=[\w-])|#(?=\d)|GH-(?=\d)/gi, '$&\u200B');
}

function withEntities(line: string): string {
  return line.replace(/[&<>|\u200B]/g, (character) => entities[character] ?? character);
}

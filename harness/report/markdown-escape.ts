import { clean, oneLine } from './text.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;' };

/**
 * Text on one line that Markdown shows as it is, in a paragraph and in a table cell. `|` becomes an entity, because readers disagree
 * about a backslash before an escaped pipe; `://` is broken up, so that a subject cannot put links into the report.
 */
export function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*[\]~$]/g, String.raw`\$&`)
    .replace(/[&<>|]/g, (character) => entities[character] ?? character)
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, String.raw`\_`)
    .replaceAll('://', '&#58;//')
    .replace(/\bwww\./gi, (prefix) => `${prefix.slice(0, 3)}&#46;`);
}

/** Text as inline code, in a paragraph and in a table cell. */
export function code(text: string): string {
  const line = oneLine(text);
  // A code span in a table cell cannot hold every text (pipes, backslashes, backticks); the element can.
  return /^[\w ./:=@,+()%-]+$/.test(line) ? `\`${line}\`` : `<code>${plain(line)}</code>`;
}

/** Text as a code block; the fence is longer than any run of backticks inside (CommonMark 0.31, 4.5). */
export function fenced(text: string, language = 'text'): string {
  const content = clean(text).replace(/\n+$/, '');
  const longest = (content.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content}\n${fence}`;
}

/** A link to a file beside the report. */
export function fileLink(title: string, path: string): string {
  const target = path.split(/[\\/]/).map((part) => encodeURIComponent(part).replace(/[()!'*]/g, percent)).join('/');
  return `[${plain(title)}](${target})`;
}

/** A table; cells must be escaped already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

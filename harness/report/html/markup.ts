import { clean } from '../../model/text.ts';

/** A piece of a page that is safe to put into one. Only `html`, `joined` and `verbatim` make it; a string is never taken for one. */
export class Markup {
  readonly #source: string;

  constructor(source: string, key: typeof made) {
    if (key !== made) throw new TypeError('Markup is made by html`…`, joined() and verbatim() alone.');
    this.#source = source;
  }

  toString(): string {
    return this.#source;
  }
}

/** What may stand in a template: text is escaped, markup stays, lists are put one after the other, undefined and false are nothing. */
export type Part = Markup | string | number | false | undefined | readonly Part[];

const made = Symbol('made here');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Markup in which every inserted text is cleaned (`clean` of report/text.ts) and escaped, in elements and in attributes.
 * The result is well-formed XML too, if the template is: every element closed, every attribute with a value.
 * Throws `TypeError` when a value stands in an attribute without quotation marks, where escaping protects nothing.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  if (!sound.has(strings)) {
    const bare = strings.slice(0, -1).find((before) => before.endsWith('='));
    if (bare !== undefined) throw new TypeError(`Put quotation marks around the attribute at …${bare.slice(-40)}`);
    sound.add(strings);
  }
  let source = strings[0] ?? '';
  for (let index = 0; index < parts.length; index += 1) source += sourceOf(parts[index]) + (strings[index + 1] ?? '');
  return new Markup(source, made);
}

/** Templates whose attributes were looked at: each stands once in the code and is used thousands of times. */
const sound = new WeakSet<TemplateStringsArray>();

/** Printable ASCII without what is escaped: most texts of a report, which stay as they are. */
const harmless = /^[ !#-%(-;=?-~]*$/;

/** The parts one after the other with a separator between them; undefined and false are left out. */
export function joined(parts: readonly Part[], separator: Part = ''): Markup {
  const sources = parts.filter((part) => part !== undefined && part !== false).map(sourceOf);
  return new Markup(sources.join(sourceOf(separator)), made);
}

/** Text that is put into the page as it is: for style sheets and other constants of this project, never for anything from a report. */
export function verbatim(constant: string): Markup {
  return new Markup(constant, made);
}

function sourceOf(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Markup) return part.toString();
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return harmless.test(part) ? part : escaped(part);
  return part.map(sourceOf).join('');
}

function escaped(text: string): string {
  return clean(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

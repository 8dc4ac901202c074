import type { Knob } from './knobs.ts';

/** What a launch printed, and which value a variable or flag had in it; undefined where that is not known. */
export type Printed = { readonly said: readonly string[]; readonly valueOf: (knob: Knob) => string | undefined };

/**
 * By variable or flag, the text beside which each of these launches printed its value, with `{value}` in its place: where it is named, as
 * "log level info" and "max_concurrency":10, or, for a value that nobody else has, the words around it.
 */
export function loggedIn(launches: readonly Printed[], knobs: readonly Knob[]): ReadonlyMap<string, string> {
  return new Map(knobs.filter(({ secret }) => !secret).flatMap((knob) => {
    const [template] = templatesIn(launches.at(-1), knob).filter((each) => launches.every(({ said, valueOf }) => {
      const value = valueOf(knob);
      return value === undefined || said.some((line) => line.includes(each.replace('{value}', value)));
    }));
    return template === undefined ? [] : [[knob.name, template] as const];
  }));
}

const literal = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');

/** A value of this form is one that was made up for this launch. */
const madeUp = /^[a-z]{14,20}$/;

function templatesIn(launch: Printed | undefined, knob: Knob): string[] {
  const value = launch?.valueOf(knob);
  if (launch === undefined || value === undefined || value === '') return [];
  const text = literal(value);
  const words = knob.name.replace(/^-+/, '').toLowerCase().split(/[_-]/).map((word) => literal(word)).join('[ _-]?');
  const named = new RegExp(`(?<![\\w-])["']?${words}["']?(?:\\s*[:=]\\s*| )["']?${text}(?:["']?[,}\\])]|["']|(?![\\w.:-]))`, 'i');
  const around = new RegExp(`(?:[A-Za-z]+ ){1,2}${text}(?: [A-Za-z]+\\b)?`);
  const forms = [named, ...(madeUp.test(value) ? [around] : [])];
  const found = forms.flatMap((form) => launch.said.flatMap((line) => form.exec(line)?.[0] ?? []));
  return found.map((each) => {
    const at = each.lastIndexOf(value);
    return `${each.slice(0, at)}{value}${each.slice(at + value.length)}`;
  });
}

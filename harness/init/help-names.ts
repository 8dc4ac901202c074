import { oneLine } from '../model/text.ts';
import { knobNamed, type Knob } from './knobs.ts';
import { starts } from './lack.ts';
import { roleOf } from './roles.ts';

/** Variables (capitals with an underscore) and flags with a value that a text names, each once. */
export function knobsIn(text: string): Knob[] {
  const variables = [...text.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b(?!\*)/g)].map(([name]) => name);
  const flag = /(?<![\w-])(--?[a-z][\w-]*)(?=[ =](?:<\w|[A-Z]{2}|string|int|value|host|duration|float))/g;
  const flags = [...text.matchAll(flag)].flatMap(([, name]) => name ?? []);
  return [...new Set([...variables, ...flags])].map((name): Knob => (
    { name, required: false, secret: roleOf({ name }) === 'secret' }
  ));
}

/** A line of a help that explains a variable or flag, the explanation beside it or, as Go's flag package does it, below. */
const explained = /^[ \t]+(?:-\w, )?(?<name>[A-Z][A-Z0-9_]+|--?[a-z][\w-]*)(?:[ =][<\w>]+)?(?: {2,}|\s*\n[ \t]{4,}|\t)(?<text>\S.*)$/gm;

/** What stands at the end of an explanation as the default: (10), (default 10), [default: 10]. */
const preset = /\s*[([](?:(?:by )?defaults?(?: to)?:?\s+"?(?<said>[^()[\]"]+)"?|(?<bare>[^\s()[\]]+))[)\]]\.?$/i;
const noPreset = /^(?:required|optional|secret|none|unset|deprecated|repeatable)$/i;

/** The same with what the help says of each: its default, the values that it may have, and what it is for. */
export function knobsInHelp(help: string): Knob[] {
  const lines = new Map([...help.matchAll(explained)].map(({ groups }) => [groups?.['name'] ?? '', oneLine(groups?.['text'] ?? '')]));
  // A variable of one word is one where the help explains others beside it.
  const short = [...lines.keys()].filter((name) => /^[A-Z][A-Z0-9]+$/.test(name)).map((name) => ({ name, required: false, secret: false }));
  const all = new Map([...knobsIn(help), ...short].map((knob) => [knob.name, knob]));
  const order = [...new Set([...lines.keys(), ...all.keys()])];
  return order.flatMap((name) => all.get(name) ?? []).map((knob) => explainedBy(knob, lines.get(knob.name)));
}

function explainedBy({ name, secret }: Knob, line: string | undefined): Knob {
  if (line === undefined) return { name, required: false, secret };
  const { said, bare } = preset.exec(line)?.groups ?? {};
  const value = said ?? (bare !== undefined && !noPreset.test(bare) ? bare : undefined);
  const text = said === undefined && bare === undefined ? line : line.replace(preset, '');
  const values = value === undefined ? undefined : valuesIn(text, value);
  const isBoolean = values?.every((each) => /^(?:true|false)$/i.test(each)) ?? false;
  const plain = knobNamed(name, value);
  return {
    ...plain, secret: plain.secret || /\bsecret\b/.test(text), help: /^[a-z]+[ ,]/.test(text)
      ? text.charAt(0).toUpperCase() + text.slice(1) : text,
    ...(values && !isBoolean && { allowed: values }), ...(isBoolean && { type: 'boolean' }),
  };
}

const word = String.raw`['"\`]?[\w.-]+['"\`]?`;
const listed = new RegExp(`(${word}(?:, ${word})*(?:,? (?:or|and) ${word}|, ${word}))(?=[\\s.,;:)]|$)`);

/** A list of single words in a text, as "a, b or c": the values that something may have, where its default is one of them. */
export function valuesIn(text: string, value: string | undefined): readonly string[] | undefined {
  const found = listed.exec(text)?.[1]?.split(/,? (?:or|and) |, /).map((each) => each.replaceAll(/['"`]/g, ''));
  return found !== undefined && (value === undefined || found.includes(value)) ? found : undefined;
}

/** The subcommand that starts a worker, of those that a help lists; undefined where it lists none such. */
export function commandIn(help: string): string | undefined {
  const block = /^(?:[\w ]*\b)?commands?:[ \t]*\n((?:[ \t]+\S.*\n?)+)/im.exec(`${help}\n`)?.[1] ?? '';
  const names = [...block.matchAll(/^[ \t]+([a-z][\w-]*)(?=\s|,|$)/gm)].flatMap(([, name]) => name ?? []);
  const braced = /\{([a-z][\w-]*(?:,[a-z][\w-]*)*)\}/.exec(help)?.[1]?.split(',') ?? [];
  return starts.find((name) => [...names, ...braced].includes(name));
}

import { clean } from '../model/text.ts';

/** What GitHub shows for an annotation; the word is also the name of the command. */
export type Level = 'error' | 'warning';

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

/**
 * One workflow command on one line, escaped as `@actions/core` does (actions/toolkit, `packages/core/src/command.ts`); empty properties are
 * left out.
 */
export function workflowCommand(level: Level, properties: Readonly<Record<string, string>>, message: string): string {
  const given = Object.entries(properties).map(([key, value]) => [key, property(value)] as const).filter(([, value]) => value !== '');
  const list = given.map(([key, value]) => `${key}=${value}`).join(',');
  return `::${level}${list === '' ? '' : ` ${list}`}::${data(message)}`;
}

/** One annotation; the properties name its place and its title. */
export type Command = { readonly level: Level; readonly properties: Readonly<Record<string, string>>; readonly message: string };

/** GitHub takes ten of a kind from one step and drops the rest without a word. */
const mostShown = 9;

/** The first nine commands, one a line, and a tenth of the title `more` that says how many are left. */
export function workflowCommands(all: readonly Command[], more: string): string {
  const rest = all.slice(mostShown);
  const level = rest.some((command) => command.level === 'error') ? 'error' : 'warning';
  const left: Command[] = rest.length === 0 ? [] : [{ level, properties: { title: more }, message: `and ${rest.length} more, see the ` +
    'summary' }];
  return [...all.slice(0, mostShown), ...left].map((one) => `${workflowCommand(one.level, one.properties, one.message)}\n`).join('');
}

function data(text: string): string {
  return withoutCommands(clean(text)).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C').trim();
}

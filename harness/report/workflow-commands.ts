import { clean, withoutCommands } from '../model/text.ts';

/** One annotation: what GitHub shows it as, which is also the name of its command, and properties that name its place and its title. */
export type Command = {
  readonly level: 'error' | 'warning'; readonly properties: Readonly<Record<string, string>>; readonly message: string;
};

/** A workflow command, escaped as by `@actions/core` (actions/toolkit, `packages/core/src/command.ts`); empty properties are left out. */
export function workflowCommand({ level, properties, message }: Command): string {
  const given = Object.entries(properties).map(([key, value]) => [key, property(value)] as const).filter(([, value]) => value !== '');
  const list = given.map(([key, value]) => `${key}=${value}`).join(',');
  return `::${level}${list === '' ? '' : ` ${list}`}::${data(message)}`;
}

/** GitHub takes ten of a kind from one step and drops the rest without a word. */
const mostShown = 9;

/** The first nine commands, one a line, and a tenth of the title `more` that says how many are left. */
export function workflowCommands(all: readonly Command[], more: string): string {
  const rest = all.slice(mostShown);
  const level = rest.some((command) => command.level === 'error') ? 'error' : 'warning';
  const message = `and ${rest.length} more, see the summary`;
  const left: Command[] = rest.length === 0 ? [] : [{ level, properties: { title: more }, message }];
  return [...all.slice(0, mostShown), ...left].map((one) => `${workflowCommand(one)}\n`).join('');
}

function data(text: string): string {
  return withoutCommands(clean(text)).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C').trim();
}

import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entriesOf } from '../process/room.ts';
import { historyText } from '../temporal/history.ts';
import type { Actor } from './actor.ts';

/** Where a secret was seen that must not be there. */
export type Leak = { readonly variable: string; readonly where: string; readonly form: string };

/** The forms in which a value is looked for. */
function forms(value: string): [string, string][] {
  // Base64 depends on the position of the first byte; cutting both ends leaves what is common to a whole encoding.
  const base64 = [0, 1, 2].map((shift): [string, string] => ['base64', Buffer.from(`${'x'.repeat(shift)}${value}`).toString('base64').slice(shift === 0 ? 0 : 4, -4)]);
  return [['as it is', value], ['URL-encoded', encodeURIComponent(value)], ...base64];
}

/** Searches text for every secret in every form. */
export function leaksIn(text: string, where: string, canaries: Readonly<Record<string, string>>): Leak[] {
  return Object.entries(canaries).flatMap(([variable, value]) => {
    const form = forms(value).find(([, encoded]) => text.includes(encoded));
    return form ? [{ variable, where, form: form[0] }] : [];
  });
}

/** Searches everything that a launch left to be seen: output, histories, command lines, files in its room. */
export function leaksOf(actor: Actor, canaries: Readonly<Record<string, string>>): Leak[] {
  const { launch } = actor;
  const sources: [string, string][] = [
    [`the output of process ${launch.pid}`, launch.output.text()],
    ...actor.executions.map((execution): [string, string] => ['a workflow history', historyText(execution.events)]),
    ...launch.alive().map((entry): [string, string] => [`the command line of process ${entry.pid}`, entry.command]),
    ...[launch.room.home, launch.room.cwd, launch.room.tmp].flatMap((folder) => filesIn(folder)),
  ];
  return sources.flatMap(([where, text]) => leaksIn(text, where, canaries));
}

const maximumFileBytes = 4_000_000;

/** Small files below a folder. What the bootloader unpacks is the executable's own content, not something that it wrote. */
function filesIn(folder: string): [string, string][] {
  return entriesOf(folder).flatMap((entry): [string, string][] => {
    const path = join(folder, entry);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return entry.startsWith('_MEI') ? [] : filesIn(path);
    if (!stat?.isFile() || stat.size > maximumFileBytes) return [];
    return [[`the file ${entry}`, readFileSync(path, 'latin1')]];
  });
}

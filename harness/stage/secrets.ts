import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isUnpackedFolder } from '../runtimes/registry.ts';
import { entriesOf } from '../system/launch/room.ts';
import { redact, type Secret } from '../system/redact.ts';
import { historyText } from '../temporal/history.ts';
import type { Actor } from './actor.ts';
import type { RunContext } from './run-context.ts';

/** Where the value of a secret variable was seen that must not be there. */
export type Leak = { readonly variable: string; readonly where: string };

/** The secrets of one launch: the run's canaries, and what a service gave it in a secret variable. */
export function secretsOfLaunch(
  { environment }: Pick<Actor, 'environment'>, { contract, canaries }: Pick<RunContext, 'contract' | 'canaries'>,
): Secret[] {
  const given = Object.entries(contract?.environment ?? {}).filter(([, { secret, from }]) => secret && from !== undefined);
  const all = { ...canaries, ...Object.fromEntries(given.map(([name]) => [name, environment[name] ?? ''])) };
  return Object.entries(all).flatMap(([name, value]) => (value === '' ? [] : [{ name, value }]));
}

/** Searches everything that a launch left to be seen: output, histories, command lines, files in its room. */
export function leaksOf(actor: Actor, secrets: readonly Secret[]): Leak[] {
  const { launch } = actor;
  const sources: [string, string][] = [
    [`the output of process ${launch.pid}`, launch.output.text()],
    ...actor.executions.map((execution): [string, string] => ['a workflow history', historyText(execution.events)]),
    ...[...launch.tree.commands].map((command): [string, string] => ['a command line', command]),
    ...[launch.room.home, launch.room.cwd, launch.room.tmp].flatMap((folder) => filesIn(folder)),
  ];
  return sources.flatMap(([where, text]) => redact(text, secrets).found.map((variable) => ({ variable, where })));
}

const maximumFileBytes = 4_000_000;

/** Small files below a folder. What the executable unpacks is its own content, not something that it wrote. */
function filesIn(folder: string): [string, string][] {
  return entriesOf(folder).flatMap((entry): [string, string][] => {
    const path = join(folder, entry);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return isUnpackedFolder(entry) ? [] : filesIn(path);
    if (!stat?.isFile() || stat.size > maximumFileBytes) return [];
    return [[`the file ${entry}`, readFileSync(path, 'latin1')]];
  });
}

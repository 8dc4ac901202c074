import { UsageError } from '../../model/errors.ts';
import { clean } from '../../model/text.ts';
import { registerNamespace } from '../../temporal/namespaces.ts';
import type { Launch } from '../../system/launch/launch.ts';
import { commandIn, knobsIn } from '../help-names.ts';
import { everywhere } from '../knobs.ts';
import { placeOf } from '../roles.ts';
import { attempt, type Attempt, type Bench, type Polled } from './attempt.ts';

/** An executable that polls, and what it took; whoever asked ends it. */
export type Polling = Attempt & Polled & {
  /** The variables and flags that it was told something by. */
  readonly names: ReadonlySet<string>;
  /** The subcommand that starts it. */
  readonly command: readonly string[];
  /** Without these it did not start. */
  readonly required: readonly string[];
};

/** Names that most workers know. */
const usual = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_TASK_QUEUE'];
const most = 12;
const saidLines = 12;

/**
 * Starts an executable with the names that its help has and most workers know, and with what its last lines ask for, until it polls.
 * @throws {UsageError} where that does not come to be; the sentence says what is missing.
 */
export async function startUntilItPolls(bench: Bench, namespace: string): Promise<Polling> {
  const command: string[] = [];
  const required: string[] = [];
  const names = new Set([...usual, ...bench.knobs.filter((knob) => placeOf(knob) !== undefined).map(({ name }) => name)]);
  for (let count = 0; count < most; count += 1) {
    const tried = await attempt(bench, { names, namespace, values: new Map(), command });
    if (tried.polled) return { ...tried, ...tried.polled, names, command, required };
    const { exit } = tried.launch;
    const said = tried.said();
    await tried[Symbol.asyncDispose]();
    const lack = exit && lackOf(said.slice(-saidLines).join('\n'), command.length === 0 ? bench.help : '', tried.told);
    if (lack === undefined) throw new UsageError(`${bench.file}: ${sentence(exit, said.at(-1), bench.isKnown)}`);
    if (lack.kind === 'namespace') await registerNamespace(bench.connection, lack.name);
    else if (lack.kind === 'command') command.push(lack.name);
    else required.push(lack.name);
    if (lack.kind === 'name') names.add(lack.name);
    bench.say(lack.kind === 'command' ? `it has subcommands: trying ${lack.name}` : `it needs ${lack.name}`);
  }
  throw new UsageError(`${bench.file}: after ${most} launches it still does not poll, given ${[...names].join(', ')}`);
}

type Lack = { readonly kind: 'namespace' | 'command' | 'name'; readonly name: string };

/** What its last lines say that it was without, or else its help. */
function lackOf(said: string, help: string, told: ReadonlyMap<string, string>): Lack | undefined {
  // Temporal's own words for a namespace that the server does not have, in every SDK.
  const namespace = /namespace "?([\w.-]+)"? (?:is |was )?not found/i.exec(said)?.[1];
  if (namespace !== undefined && ![...told.values()].includes(namespace)) return { kind: 'namespace', name: namespace };
  const command = commandIn(help);
  if (command !== undefined) return { kind: 'command', name: command };
  const name = knobsIn(said).map((knob) => knob.name).find((each) => !told.has(each) && !everywhere.test(each));
  return name === undefined ? undefined : { kind: 'name', name };
}

function sentence(exit: Launch['exit'], last: string | undefined, isKnown: boolean): string {
  const more = isKnown ? '' : '; with its source it is seen what it asks for: name the folder';
  const text = last === undefined ? 'it printed nothing' : `its last line: ${clean(last).slice(0, 300)}`;
  if (exit === undefined) return `it runs, and within 30 s it polls nowhere (${text}): is another address in its code, or does it need a ` +
    `flag to start?${more}`;
  return `it ends with ${exit.error ?? exit.signal ?? `exit code ${exit.code}`} before it registers a worker (${text})${more}`;
}

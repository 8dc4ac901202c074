import { kindByPort } from '../contract/service-kinds.ts';
import { clean } from '../model/text.ts';
import { everywhere, spelling } from './knobs.ts';
import type { Trial } from './trial.ts';

/** What a launch was without: a variable or flag, a subcommand, a service where it called; or the sentence that says what is wrong. */
export type Lack =
  | { readonly kind: 'knob'; readonly name: string }
  | { readonly kind: 'command'; readonly names: readonly string[] }
  | { readonly kind: 'service'; readonly host: string; readonly port: number }
  | { readonly kind: 'unknown'; readonly sentence: string };

/** Subcommands that start a worker, the likeliest first. */
export const starts = ['worker', 'serve', 'start', 'run', 'start-worker', 'run-worker', 'up'];
const refused = /refused|ECONNREFUSED|not known|unreachable|getaddrinfo|timed? ?out|not (?:reachable|available)|does not answer/i;

/** Of a traceback, those that tell what could not be done. */
const lastLines = 12;

/** Why a worker did not come to poll. */
export function lackOf({ given, observed, exit, said }: Pick<Trial, 'given' | 'observed' | 'exit' | 'said'>, serverPort: number): Lack {
  const output = said.join('\n');
  const told = new Set([...Object.keys(given.environment), ...given.args]);
  const chosen = given.args.filter((word) => !word.startsWith('-'));
  const commands = observed.commands.find(({ path }) => path.length === 0);
  if (commands && !commands.names.some((name) => chosen.includes(name)) && observed.workers.length === 0) {
    const [first] = [...starts.filter((name) => commands.names.includes(name)), ...(commands.names.length === 1 ? commands.names : [])];
    if (first !== undefined) return { kind: 'command', names: [first] };
  }
  const flag = observed.flags.find((each) => {
    const name = spelling(each);
    return each.required && name !== undefined && !told.has(name) && each.path.every((word) => chosen.includes(word));
  });
  if (flag) return { kind: 'knob', name: spelling(flag) ?? flag.name };
  const missing = [
    ...observed.settings.filter(({ required }) => required).map(({ name }) => name),
    ...observed.variables.filter(({ there, required }) => !there && required).map(({ name }) => name),
    // It names what it asked for and did not find.
    ...observed.variables.filter(({ name, there }) => !there && new RegExp(`\\b${name}\\b`).test(output)).map(({ name }) => name),
    ...observed.settings.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(output)),
    // It names a flag that it knows.
    ...observed.flags.flatMap((each) => spelling(each) ?? []).filter((name) => output.includes(name) && !output.includes('usage:')),
  ].find((name) => !told.has(name) && !everywhere.test(name));
  if (missing !== undefined && exit !== undefined) return { kind: 'knob', name: missing };
  const called = observed.contacts.findLast(({ host, port }) => (
    // What goes on without an answer from far away may only be slow.
    port !== null && port !== serverPort && port !== 53 && (exit !== undefined || isNear(host) || kindByPort(port) !== undefined)));
  // What it could do without, it has told before.
  if (called?.port && refused.test(said.slice(-lastLines).join('\n'))) return { kind: 'service', host: called.host, port: called.port };
  return { kind: 'unknown', sentence: sentence({ observed, exit, said }) };
}

/** This machine, or a name as a network of containers has it. */
const isNear = (host: string): boolean => /^(?:127\.|::1$|localhost$|[\w-]+$)/.test(host);

function sentence({ observed, exit, said }: Pick<Trial, 'observed' | 'exit' | 'said'>): string {
  const last = clean(said.at(-1) ?? '').slice(0, 300);
  // Python tells the cause first: "The above exception was the direct cause of the following exception:".
  const cause = said[said.findIndex((line) => /exception was the direct cause|another exception occurred/.test(line)) - 1];
  const text = last === '' ? 'it printed nothing' : `its last line: ${last}${cause === undefined ? '' : `; because of: ${clean(cause)}`}`;
  if (observed.asks) return `it asks a question on its standard input, which nobody answers in a release: give what it asks for another ` +
    `way (${text})`;
  if (exit === undefined) return observed.clients.length === 0
    ? `it has neither called Temporal nor ended after 30 s (${text}); is that the program that starts the worker?`
    : `it called Temporal and registers no worker within 30 s (${text})`;
  if (exit.error !== undefined) return `it cannot be started: ${exit.error}`;
  if (exit.code === 0 && observed.workers.length > 0) return `it registers a worker, and soon ends by itself with exit code 0 (${text}): ` +
    'is it a program that runs once? Name the script that starts a worker which goes on with --entry FILE';
  if (exit.code === 0) return `it ends with exit code 0 and registers no worker (${text}): is it a program that runs once? Name the ` +
    'script that starts the worker with --entry FILE';
  return `it ends with ${exit.signal ?? `exit code ${exit.code}`} before it registers a worker (${text})`;
}

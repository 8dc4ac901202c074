import { connections } from './connections.ts';
import { casesOf } from './exercised.ts';
import { launches } from './launches.ts';
import { untilRefused } from './refusal.ts';
import { fixture, type Scope } from './scope.ts';
import { turns } from './turns.ts';

/** One that tells a problem at a time is sooner done when each is tried alone, beside the others. */
const rounds = 2;

/** What makes a variable wrong: a value, or undefined where it is left out. */
type Wrong = readonly [name: string, value: string | undefined];

/** By the names of those that a worker clearly refuses, the line in which it does. */
type Refused = ReadonlyMap<string, string>;

/**
 * What a worker says when many variables are missing, and when many are invalid. Many tell all problems in one go, or those of a file of
 * variables first. Who is not named is judged alone, and so is everybody where it cannot be told what names a variable because of its
 * value.
 */
export const refusedTogether = {
  missing: fixture('missing together', (scope) => tried(scope, casesOf(scope.run).flatMap((one): Wrong[] => (
    one.kind === 'missing' ? [[one.name, undefined]] : []
  )))),
  invalid: fixture('invalid values together', (scope) => tried(scope, casesOf(scope.run).flatMap((one): Wrong[] => (
    one.kind === 'invalid' ? [[one.name, one.values[0]]] : []
  )))),
};

async function tried(scope: Scope, all: readonly Wrong[]): Promise<Refused> {
  const started = await scope.use(launches);
  const healthy = (await started.worker()).launch.output.text();
  const opened = await scope.use(connections);
  const refused = new Map<string, string>();
  if (opened.server.kind === 'external') return refused; // one of them may lead it to tasks that are not ours
  const variables = Object.keys(scope.run.contract?.environment ?? {});
  let wrong = all.filter(([name]) => nameAt(healthy, name) === undefined);
  for (let round = 0; round < rounds && wrong.length > 1; round += 1) {
    const said = await (await scope.use(turns))(async () => {
      const actor = await started.start({ environment: Object.fromEntries(wrong) });
      const end = await untilRefused(actor, `${wrong.length} wrong variables`, scope.signal).catch(() => undefined);
      const { exit, output } = actor.launch;
      await actor.dispose();
      return end === 'ended' && exit?.code !== null && exit?.code !== 0 ? output.text() : '';
    });
    const told = clearlyRefused(said, wrong.map(([name]) => name), variables);
    if (told.size === 0) break;
    for (const [name, line] of told) refused.set(name, line);
    wrong = wrong.filter(([name]) => !refused.has(name));
  }
  return refused;
}

/**
 * The line by which each of the wrong variables is refused in what a worker said at its end. None, where it names one that is right: then
 * it lists what there is; nor one of a line that only warns.
 */
export function clearlyRefused(said: string, wrong: readonly string[], variables: readonly string[]): Refused {
  const right = variables.filter((name) => !wrong.includes(name));
  if (right.length === 0 || right.some((name) => nameAt(said, name) !== undefined)) return new Map();
  // The level of a line stands before what it says; what it says may name levels as well.
  const before = (line: string): string => line.slice(0, Math.min(...wrong.flatMap((name) => nameAt(line, name) ?? [])));
  const lines = said.split('\n').filter((line) => !/\b(?:debug|info|notice|warn)\b|warning/i.test(before(line)));
  return new Map(wrong.flatMap((name) => {
    const line = lines.find((text) => nameAt(text, name) !== undefined);
    return line === undefined ? [] : [[name, line.trim()] as const];
  }));
}

/** Where a text has this name, of letters, digits, _ and -, by itself and not as a part of another. */
function nameAt(text: string, name: string): number | undefined {
  return new RegExp(String.raw`(?<![\w-])${name}(?![\w-])`).exec(text)?.index;
}

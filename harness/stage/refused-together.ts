import { connections } from './connections.ts';
import { casesOf } from './exercised.ts';
import { launches } from './launches.ts';
import { untilRefused } from './refusal.ts';
import { fixture } from './scope.ts';
import { turns } from './turns.ts';

/** One that tells a problem at a time is sooner done when each is tried alone, beside the others. */
const rounds = 2;

/**
 * What a worker says of each variable when many are wrong at once, by the names of those that it clearly refuses. Many tell all problems
 * in one go, or those of a file of variables first. Who is not named is judged alone, and so is everybody where it cannot be told what
 * names a variable because of its value.
 */
export const refusedTogether = fixture('invalid values together', async (scope): Promise<ReadonlyMap<string, string>> => {
  const all = await scope.use(launches);
  const healthy = (await all.worker()).launch.output.text();
  const opened = await scope.use(connections);
  const refused = new Map<string, string>();
  const variables = Object.keys(scope.run.contract?.environment ?? {});
  let wrong = casesOf(scope.run).flatMap((one) => (
    one.kind === 'invalid' && one.values[0] !== undefined && !names(healthy, one.name) ? [[one.name, one.values[0]] as const] : []
  ));
  if (opened.server.kind === 'external') return refused; // one of them may lead it to tasks that are not ours
  for (let round = 0; round < rounds && wrong.length > 1; round += 1) {
    const said = await (await scope.use(turns))(async () => {
      const actor = await all.start({ environment: Object.fromEntries(wrong) });
      const end = await untilRefused(opened, actor, `${wrong.length} wrong variables`, scope.signal).catch(() => undefined);
      const { exit, output } = actor.launch;
      await actor.dispose();
      return end === 'ended' && exit?.code !== null && exit?.code !== 0 ? output.text() : '';
    });
    const told = clearlyRefused(said, wrong.map(([name]) => name), variables);
    if (told.size === 0) return refused;
    for (const [name, line] of told) refused.set(name, line);
    wrong = wrong.filter(([name]) => !refused.has(name));
  }
  return refused;
});

/**
 * The line by which each of the wrong variables is refused in what a worker said at its end. None, where it names one that is right: then
 * it lists what there is; nor one of a line that only warns.
 */
export function clearlyRefused(said: string, wrong: readonly string[], variables: readonly string[]): ReadonlyMap<string, string> {
  const right = variables.filter((name) => !wrong.includes(name));
  if (right.length === 0 || right.some((name) => names(said, name))) return new Map();
  const lines = said.split('\n').filter((line) => !/\b(?:debug|info|notice|warn|warning)\b/i.test(line));
  return new Map(wrong.flatMap((name) => {
    const line = lines.find((text) => names(text, name));
    return line === undefined ? [] : [[name, line.trim()] as const];
  }));
}

/** Whether a text has this name, of letters, digits, _ and -, by itself and not as a part of another. */
function names(text: string, name: string): boolean {
  return new RegExp(String.raw`(?<![\w-])${name}(?![\w-])`).test(text);
}

import { serviceSigns } from '../contract/service-kinds.ts';
import type { Knob } from './knobs.ts';
import { valuesIn } from './help-names.ts';
import { placeOf, serviceBy } from './roles.ts';

/** Values that a worker refuses to start with, naming the variable or flag, and those that it says it takes. */
export type Refused = { readonly values: readonly string[]; readonly allowed: readonly string[] | undefined };

/** Starts a worker with these values beside what it needs: what it printed where it ended with an error, undefined where it did not. */
type Start = (wrong: ReadonlyMap<string, string>) => Promise<readonly string[] | undefined>;

/** A worker that takes what it is told may go on. */
export const refusesWithinMs = 10_000;

/** A worker that tells one mistake at a time is started once for each of them; more are not tried. */
const most = 12;

/** Tells a worker what can't be right, all at once, then without what it has refused, and so on. */
export async function findRefused(knobs: readonly Knob[], start: Start): Promise<ReadonlyMap<string, Refused>> {
  const found = new Map<string, Refused>();
  let starts = 0;
  for (let round = 0; ; round += 1) {
    const pending = new Map(knobs.flatMap((knob) => {
      const value = wrongFor(knob)[round];
      const isOpen = round === 0 || found.has(knob.name);
      return value === undefined || !isOpen ? [] : [[knob.name, value] as const];
    }));
    if (pending.size === 0) return found;
    while (pending.size > 0) {
      if (starts === most) return found;
      starts += 1;
      const said = await start(pending);
      const named = [...pending].filter(([name]) => said?.some((line) => names(line, name)));
      if (said === undefined || named.length === 0) break;
      for (const [name, value] of named) {
        const known = found.get(name);
        found.set(name, { values: [...known?.values ?? [], value], allowed: known?.allowed ?? takenIn(said, name, knobs) });
        pending.delete(name);
      }
    }
  }
}

const names = (line: string, name: string): boolean => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(line);

/** What stands behind the name, up to the next mistake: "must be one of local, activities". */
function takenIn(said: readonly string[], name: string, knobs: readonly Knob[]): readonly string[] | undefined {
  const line = said.find((each) => names(each, name)) ?? '';
  const [rule = ''] = line.slice(line.indexOf(name) + name.length).split(';');
  const [, listed = ''] = /(?:one of|expected|choose from|allowed:?|either)\s*:?\s+(.*)$/i.exec(rule) ?? [];
  return valuesIn(listed.replace(/,? (?:got|not) .*$/, ''), knobs.find((knob) => knob.name === name)?.default);
}

/** An address and a path that are none. */
export const wrongValues = { url: 'not-a-url', path: '/nonexistent/file' };

/** The address of a server that speaks no HTTP, as if it did. */
function otherSchemes(knob: Knob): readonly string[] {
  const port = serviceSigns[serviceBy(knob) ?? 'command']?.port;
  return port === undefined ? [] : [`http://localhost:${port}`];
}

/** What is tried, one after the other: of its kind, and yet wrong. */
function wrongFor(knob: Knob): readonly string[] {
  const { name, type, default: preset, secret, library } = knob;
  const place = placeOf(knob);
  if (place === 'address') return ['no-port', 'localhost:notaport'];
  if (place !== undefined || secret || library !== undefined) return [];
  if (type === 'integer') return ['zero', '-1', '0'];
  if (type === 'boolean') return ['perhaps'];
  if (type === 'url' || /UR[IL]$/i.test(name)) return [wrongValues.url, ...otherSchemes(knob)];
  if (type === 'path' || /(?:FILE|PATH)$/i.test(name)) return [wrongValues.path];
  return preset !== undefined || knob.allowed !== undefined ? ['no-such-value'] : [];
}

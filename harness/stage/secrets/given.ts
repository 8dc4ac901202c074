import type { Contract } from '../../contract/schema.ts';
import { holdsKey, unnamedKey } from '../../contract/secured.ts';
import { placesIn } from '../../contract/services-schema.ts';
import { isTelling, partsOf, type Secret } from '../../system/secrets/secret.ts';
import type { Actor } from '../actor.ts';
import type { RunContext } from '../run-context.ts';

/** The secrets of a run: those that are searched for, and why the others are not, by their variables. */
export type GivenSecrets = {
  readonly searched: readonly Secret[]; readonly tooShort: readonly string[]; readonly notGiven: readonly string[];
};

type Launched = Pick<Actor, 'environment' | 'isReady'>;

/** The variables whose values are secrets that the harness, or a service, chooses. */
export const secretNames = (contract: Contract | undefined): string[] =>
  Object.entries(contract?.environment ?? {}).filter(([, { secret, value }]) => secret && value === undefined).map(([name]) => name);

/**
 * What the launches of a run were given in secret variables: the run's canaries, and of what a service gave them the part that is secret.
 * A canary that no launch got which came to work was not looked for, whatever is searched; Temporal's own keeps a worker from the server,
 * so that any launch will do.
 */
export function givenSecrets(
  launched: readonly Launched[], { contract, canaries }: Pick<RunContext, 'contract' | 'canaries'>,
): GivenSecrets {
  const searched = new Map<string, Secret>();
  const [tooShort, notGiven]: [string[], string[]] = [[], []];
  for (const [name, { secret, value: fixed }] of Object.entries(contract?.environment ?? {})) {
    if (!secret) continue;
    const canary = canaries[name];
    const worked = launched.filter(({ isReady }) => isReady || name.startsWith('TEMPORAL_'));
    const values = new Set(worked.flatMap(({ environment }) => environment[name] ?? []));
    const key = holdsKey(fixed ?? '') ? canaries[unnamedKey] : undefined;
    if (key !== undefined) searched.set(unnamedKey, { name, value: key });
    if (values.size === 0 && fixed === undefined) notGiven.push(name);
    else if (canary !== undefined && !isTelling(canary)) tooShort.push(name);
    else for (const value of [...values].flatMap((each) => (each === canary ? [each] : secretIn(each)))) {
      // What the contract itself says may be a word like any other.
      if (fixed === undefined || placesIn(fixed).length > 0 || isTelling(value)) searched.set(`${name} ${value}`, { name, value });
    }
  }
  return { searched: [...searched.values()], tooShort, notGiven };
}

/** The password of an address, or all of it. */
function secretIn(value: string): string[] {
  const parts = partsOf(value);
  return parts.length > 0 ? parts : [value];
}

import { honouredValue } from '../contract/cases.ts';
import { fillIn } from '../contract/placeholders.ts';
import { pointersOf, type Pointer } from '../contract/pointers.ts';
import type { Contract } from '../contract/schema.ts';
import { parsePlace } from '../contract/services-schema.ts';
import { plainName } from '../system/plain-name.ts';
import { placeOf, type Places } from './given-places.ts';
import { securedPointers } from '../contract/secured.ts';

/** Values that replace or, when undefined, remove what a launch would otherwise get. */
export type Overrides = Readonly<Record<string, string | undefined>>;

/** The run's canaries, and what a client of the user's own server needs (TLS, API key). */
export type Given = { readonly canaries: Readonly<Record<string, string>>; readonly client: Readonly<Record<string, string>> };

/** What a worker is started with besides its own name. */
export type Start = {
  readonly environment: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** What it is told by variables and flags, by their names. */
  readonly given: Readonly<Record<string, string>>;
};

/**
 * The environment and arguments of one launch as the contract describes them: the server through `temporal`, services
 * through `from`, fixed values, and canaries for required secrets. What is optional is left out, so that defaults are used.
 */
export function launchStart(contract: Contract, places: Places, given: Given, overrides: Overrides): Start {
  const valueOf = (name: string): string | undefined => placeOf(places, name);
  const pointers = Object.fromEntries([
    ...securedPointers(contract).map(({ name, what }) => [name, places.secured[what]] as const),
    ...pointersOf(contract).map((pointer) => [pointer.name, pointed(pointer, places)] as const),
  ]);
  const { store, ca } = places.secured;
  // Node trusts whom it brought along, and those besides: https://nodejs.org/api/cli.html#node_extra_ca_certsfile
  const trust = store === undefined ? {} : { SSL_CERT_FILE: store, NODE_EXTRA_CA_CERTS: ca };
  const values: Record<string, string | undefined> = { ...trust };
  for (const [name, variable] of Object.entries(contract.environment)) {
    const from = parsePlace(variable.from ?? '');
    if (from !== undefined) values[name] = valueOf(`service.${from.service}.${from.place}`);
    else if (variable.value !== undefined) values[name] = fillIn(variable.value, valueOf);
    else if (variable.secret && variable.required) values[name] = given.canaries[name];
    else if (variable.required) values[name] = honouredValue(variable, plainName());
  }
  const all = Object.entries({ ...values, ...given.client, ...pointers, ...overrides }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const flags = all.filter(([name]) => isFlag(name)).flatMap(([name, value]) => (name.endsWith('=') ? [`${name}${value}`] : [name, value]));
  return {
    environment: Object.fromEntries(all.filter(([name]) => !isFlag(name))),
    args: [...contract.arguments.map((text) => fillIn(text, valueOf)), ...flags],
    given: Object.fromEntries(all),
  };
}

function pointed(pointer: Pointer, places: Places): string | undefined {
  return pointer.what === 'taskQueue' ? places.queues[pointer.queue] : places[pointer.what];
}

const isFlag = (name: string): boolean => name.startsWith('-');

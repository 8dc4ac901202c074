import { honouredValue } from '../contract/cases.ts';
import type { Contract } from '../contract/schema.ts';
import { fillIn, parsePlace, type ServicePlace } from '../contract/services-schema.ts';
import { plainName } from '../system/plain-name.ts';
import type { Places as ServicePlaces } from '../services/service.ts';

/** Where the things are that a worker is pointed at. */
export type Places = {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly services: Readonly<Record<string, ServicePlaces>>;
};

/** Values that replace or, when undefined, remove what a launch would otherwise get. */
export type Overrides = Readonly<Record<string, string | undefined>>;

/** The run's canaries, and what a client of the user's own server needs (TLS, API key). */
export type Given = { readonly canaries: Readonly<Record<string, string>>; readonly client: Readonly<Record<string, string>> };

/** What a worker is started with besides its own name. */
export type Start = { readonly environment: Readonly<Record<string, string>>; readonly args: readonly string[] };

/**
 * The environment and arguments of one launch as the contract describes them: the server through `temporal`, services
 * through `from`, fixed values, and canaries for required secrets. What is optional is left out, so that defaults are used.
 */
export function launchStart(contract: Contract, places: Places, given: Given, overrides: Overrides): Start {
  const { temporal } = contract;
  const pointers = {
    [temporal.address]: places.address, [temporal.namespace ?? '']: places.namespace, [temporal.taskQueue ?? '']: places.taskQueue,
  };
  const placeOf = ({ service, place }: ServicePlace): string | undefined =>
    Object.entries(places.services[service] ?? {}).find(([name]) => name === place)?.[1];
  const values: Record<string, string | undefined> = {};
  for (const [name, variable] of Object.entries(contract.environment)) {
    const from = parsePlace(variable.from ?? '');
    if (from !== undefined) values[name] = placeOf(from);
    else if (variable.value !== undefined) values[name] = fillIn(variable.value, placeOf);
    else if (variable.secret && variable.required) values[name] = given.canaries[name];
    else if (variable.required) values[name] = honouredValue(variable, plainName());
  }
  const all = Object.entries({ ...values, ...given.client, ...pointers, ...overrides }).filter(
    (entry): entry is [string, string] => entry[0] !== '' && entry[1] !== undefined,
  );
  const flags = all.filter(([name]) => name.startsWith('--'));
  return {
    environment: Object.fromEntries(all.filter(([name]) => !name.startsWith('--'))), args: [...contract.arguments, ...flags.flat()],
  };
}

import { placeholdersIn } from './placeholders.ts';
import type { Contract } from './schema.ts';
import { securedPlaces } from './secured-places.ts';
import { servicePlaceholders } from './services-schema.ts';
import type { Queue } from './temporal-schema.ts';

/** The placeholders that a contract's texts may hold, but for ports, which have whatever name they are given. */
export function knownPlaceholders({ services, files }: Contract, queues: readonly Queue[]): string[] {
  return [
    ...['address', 'host', 'port', 'namespace', ...securedPlaces].map((part) => `temporal.${part}`),
    ...queues.map(({ name }) => `queue.${name}`),
    ...servicePlaceholders(services), ...['home', 'tmp', 'cwd'].map((folder) => `room.${folder}`),
    ...Object.keys(files).map((name) => `file.${name}`),
  ];
}

/** Every text of a contract in which a worker may be told something, with where it stands. */
export function tellingTexts({ arguments: args, files, environment }: Contract): { path: (string | number)[]; text: string }[] {
  return [
    ...args.map((text, index) => ({ path: ['arguments', index], text })),
    ...Object.entries(files).map(([name, text]) => ({ path: ['files', name], text })),
    ...Object.entries(environment).flatMap(([name, { value }]) => (
      value === undefined ? [] : [{ path: ['environment', name, 'value'], text: value }]
    )),
  ];
}

/** The placeholders that stand in any of them. */
export function usedPlaceholders(contract: Contract): ReadonlySet<string> {
  return new Set(tellingTexts(contract).flatMap(({ text }) => placeholdersIn(text)));
}

/** The names of the ports that a launch needs of its own. */
export function portNames(contract: Contract): string[] {
  const names = [...usedPlaceholders(contract), ...contract.listens.flatMap(placeholdersIn)];
  return [...new Set(names.flatMap((name) => (name.startsWith('port.') ? [name.slice('port.'.length)] : [])))];
}

import { parseEndpoint, type Endpoint } from '../contract/endpoints.ts';
import { coversPath, matchesGlob } from '../contract/globs.ts';
import type { Network, Contact } from '../system/trace/network.ts';
import { isDns, isNameService } from '../system/trace/name-services.ts';
import type { Resolvers } from '../system/trace/resolvers.ts';
import { addressText, isEverywhere, isLoopback, type Address } from '../system/trace/sockets.ts';
import type { Undeclared } from './undeclared.ts';

/** What a launch may do with sockets. */
export type Allowed = {
  /** The server, the services and what the contract's `connects` names. */
  readonly connects: readonly Endpoint[];
  readonly listens: readonly Endpoint[];
  readonly resolvers: Resolvers;
  /** Its room: Unix sockets in there are its own; that they are files is another matter. */
  readonly folder: string;
  /** The addresses of allowed hosts, as this machine resolves them. */
  readonly lookedUp: ReadonlyMap<string, readonly string[]>;
};

/** Reads entries of a contract; what is none was refused with the contract. */
export function endpointsOf(entries: readonly string[]): Endpoint[] {
  return entries.flatMap((entry) => parseEndpoint(entry) ?? []);
}

/** Everything that a launch called, asked for or listened on and that is not allowed. */
export function undeclaredNetwork(network: Network, allowed: Allowed): Undeclared[] {
  const isResolver = ({ address }: Contact): boolean =>
    address.family === 'inet' && isDns(address) && allowed.resolvers.servers.some((server) => sameHost(server, address.host));
  const calls = network.contacts.filter((contact) => !isResolver(contact) && !isFine(contact.address, network, allowed));
  return distinct([
    ...calls.map(({ how, address, by }): Undeclared => {
      const name = address.family === 'inet' ? network.names.get(address.host) : undefined;
      const text = addressText(address);
      const place = address.family === 'unix' ? `the Unix socket ${text}` : `${text} (${how}${name === undefined ? '' : `, ${name}`})`;
      const entry = address.family === 'inet' && name !== undefined ? `${name}:${address.port}` : text;
      return { what: `it connects to ${place}`, by, key: 'connects', entry };
    }),
    ...undeclaredNames(network, allowed, network.contacts.find(isResolver)),
    ...network.listeners.filter((listener) => !isOwnPipe(listener, network)).flatMap((listener) => undeclaredListener(listener, allowed)),
  ]);
}

function isFine(address: Address, { names, listeners }: Network, { connects, lookedUp, folder }: Allowed): boolean {
  if (address.family === 'unix') {
    const own = listeners.some((listener) => listener.address.family === 'unix' && listener.address.path === address.path);
    return own || isNameService(address.path) || isPathIn([{ path: folder }, ...connects], address.path);
  }
  const { host, port } = address;
  const own = isLoopback(host) && listeners.some((listener) => listener.address.family === 'inet' && listener.address.port === port);
  return own || connects.some((one) => {
    if ('path' in one || (one.port !== undefined && one.port !== port)) return false;
    const name = names.get(host);
    return one.host === undefined || sameHost(one.host, host) || (name !== undefined && matchesGlob(name, one.host))
      || lookedUp.get(one.host)?.includes(host) === true;
  });
}

function isPathIn(endpoints: readonly Endpoint[], path: string): boolean {
  return endpoints.some((one) => 'path' in one && coversPath(one.path, path));
}

/** One address, or any two of this machine's own. */
function sameHost(one: string, other: string): boolean {
  return one === other || matchesGlob(other, one) || (isLoopback(one) && isLoopback(other));
}

function undeclaredNames({ asked }: Network, { connects, resolvers }: Allowed, resolver: Contact | undefined): Undeclared[] {
  const hosts = connects.flatMap((one) => ('path' in one ? [] : one.host ?? '*'));
  const known = ['localhost', '*.localhost', resolvers.ownName, '*.arpa', ...hosts].map((host) => host.toLowerCase());
  const ends = ['', ...resolvers.suffixes.map((suffix) => `.${suffix.toLowerCase()}`)];
  const isKnown = (name: string): boolean => ends.some((end) => known.some((host) => matchesGlob(withoutService(name), host + end)));
  const unreadable = resolver !== undefined && asked.length === 0 && hosts.every((host) => /^[\d.:]+$|^localhost$/.test(host));
  return [
    ...asked.filter(({ name }) => !isKnown(name)).map(({ name, by }): Undeclared => (
      { what: `it asks the name server for ${name}`, by, key: 'connects', entry: name }
    )),
    ...(unreadable ? [{
      what: `it asks the name server at ${addressText(resolver.address)} for a name that cannot be read`, by: resolver.by,
      key: 'connects', entry: 'the name of that host',
    } as const] : []),
  ];
}

/** gRPC for Go looks below the name of a server for how to call it: proposal A2, service config in DNS. */
function withoutService(name: string): string {
  return name.replace(/^_grpc_config\./, '');
}

/** A port of the loopback that the system chose, and to which the launch itself speaks: a pipe within it, known to nobody else. */
function isOwnPipe({ address, anyPort }: Contact, { contacts }: Network): boolean {
  if (anyPort !== true || address.family !== 'inet' || !isLoopback(address.host)) return false;
  const { port } = address;
  return contacts.some((contact) => contact.address.family === 'inet' && isLoopback(contact.address.host) && contact.address.port === port);
}

function undeclaredListener({ how, address, by, anyPort }: Contact, { listens, folder }: Allowed): Undeclared[] {
  if (address.family === 'unix') {
    // One without a file is known to nobody and gone with its process.
    if (address.path.startsWith('@') || isPathIn([{ path: folder }, ...listens], address.path)) return [];
    return [{ what: `it listens on the Unix socket ${address.path}`, by, key: 'listens', entry: address.path }];
  }
  const { host, port } = address;
  const covers = (named = '*'): boolean => isEverywhere(named) || sameHost(named, host);
  if (listens.some((one) => !('path' in one) && (one.port === undefined || one.port === port) && covers(one.host))) return [];
  const open = isEverywhere(host) ? ', open to every network of the machine' : '';
  const entry = anyPort ? addressText({ ...address, port: 0 }).replace(/0$/, '*') : addressText(address);
  const place = port === 0 ? `a port of ${host} that the system chose` : addressText(address);
  return [{ what: `it listens on ${place} (${how}${open})`, by, key: 'listens', entry }];
}

function distinct(all: readonly Undeclared[]): Undeclared[] {
  return [...new Map(all.map((one) => [one.what, one])).values()];
}

import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Whom this machine asks for names, and what it appends to short ones. */
export type Resolvers = { readonly servers: readonly string[]; readonly suffixes: readonly string[]; readonly ownName: string };

/** Reads resolv.conf(5); without it the resolver is this machine's own. */
export function resolversHere(file = '/etc/resolv.conf'): Resolvers {
  const lines = read(file).split('\n').map((line) => line.trim().split(/\s+/));
  const of = (word: RegExp): string[] => lines.flatMap(([first = '', ...rest]) => (word.test(first) ? rest : []));
  const servers = of(/^nameserver$/).map((server) => server.replace(/%.*$/, ''));
  return { servers: servers.length > 0 ? servers : ['127.0.0.1', '::1'], suffixes: of(/^(?:search|domain)$/), ownName: hostname() };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

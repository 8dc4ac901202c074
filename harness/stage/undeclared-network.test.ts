import { describe, expect, test } from 'vitest';
import type { Contact, Network } from '../system/trace/network.ts';
import type { Address } from '../system/trace/sockets.ts';
import { endpointsOf, undeclaredNetwork, type Allowed } from './undeclared-network.ts';

const inet = (host: string, port: number): Address => ({ family: 'inet', host, port });
const unix = (path: string): Address => ({ family: 'unix', path });
const contact = (address: Address, how = 'TCP'): Contact => ({ how, address, by: 'worker serve' });
const network = (parts: Partial<Network>): Network => ({ contacts: [], listeners: [], asked: [], names: new Map(), ...parts });

function found(parts: Partial<Network>, { connects = [], listens = [], lookedUp = new Map() }: {
  connects?: string[]; listens?: string[]; lookedUp?: Allowed['lookedUp'];
} = {}): string[] {
  const allowed = {
    connects: endpointsOf(['127.0.0.1:7233', ...connects]), listens: endpointsOf(listens), lookedUp, folder: '/rooms/one',
    resolvers: { servers: ['10.0.0.2'], suffixes: ['corp.example'], ownName: 'box' },
  };
  return undeclaredNetwork(network(parts), allowed).map(({ what, key, entry }) => `${what} | ${key}: ${entry}`);
}

describe('destinations', () => {
  const away = contact(inet('192.0.2.1', 443));

  test('the server, what is declared and its own listeners are fine, by whatever name of the loopback', () => {
    const own = contact(inet('127.0.0.1', 4000));
    const server = [contact(inet('127.0.0.1', 7233)), contact(inet('::1', 7233))];
    expect(found({ contacts: [...server, own], listeners: [own] }, { listens: ['4000'] })).toEqual([]);
    for (const entry of ['192.0.2.1:443', '192.0.2.1', '443', '192.0.2.*:443']) {
      expect(found({ contacts: [away] }, { connects: [entry] })).toEqual([]);
    }
  });

  test('what nobody declared is named, with its protocol, its name where it was asked for, and what would declare it', () => {
    const contacts = [away, contact(inet('2001:db8::1', 8125), 'UDP')];
    expect(found({ contacts, names: new Map([['192.0.2.1', 'home.example.com']]) })).toEqual([
      'it connects to 192.0.2.1:443 (TCP, home.example.com) | connects: home.example.com:443',
      'it connects to [2001:db8::1]:8125 (UDP) | connects: [2001:db8::1]:8125',
    ]);
    for (const entry of ['192.0.2.1:80', '192.0.2.2', '*.example.com']) {
      expect(found({ contacts: [away] }, { connects: [entry] })).toHaveLength(1);
    }
    expect(found({ contacts: [contact(inet('127.0.0.1', 6379))] })).toEqual([
      'it connects to 127.0.0.1:6379 (TCP) | connects: 127.0.0.1:6379',
    ]);
  });

  test('a port of the loopback that the system chose is its own where it speaks to it itself', () => {
    const [pipe, open] = ['127.0.0.1', '0.0.0.0'].map((host) => ({ ...contact(inet(host, 40_579)), anyPort: true }));
    const called = contact(inet('127.0.0.1', 40_579));
    if (pipe === undefined || open === undefined) throw new Error('there are two');
    expect(found({ contacts: [called], listeners: [pipe] })).toEqual([]);
    expect(found({ listeners: [pipe] })).toHaveLength(1);
    expect(found({ contacts: [called], listeners: [open] })).toHaveLength(1);
    expect(found({ contacts: [called], listeners: [{ ...pipe, anyPort: false }] })).toHaveLength(1);
  });

  test('a declared name stands for the addresses that it has', () => {
    const connects = ['api.example.com:443'];
    expect(found({ contacts: [away] }, { connects, lookedUp: new Map([['api.example.com', ['192.0.2.1']]]) })).toEqual([]);
    expect(found({ contacts: [away], names: new Map([['192.0.2.1', 'api.example.com']]) }, { connects })).toEqual([]);
    expect(found({ contacts: [away], asked: [{ name: 'api.example.com', by: 'w' }] }, { connects })).toHaveLength(1);
  });

  test('a Unix socket is declared by its path; the system is asked for names through some', () => {
    const paths = ['/run/docker.sock', '/var/run/nscd/socket', '/run/systemd/resolve/io.systemd.Resolve', '/rooms/one/tmp/x'];
    const contacts = paths.map((path) => contact(unix(path), 'Unix'));
    expect(found({ contacts })).toEqual(['it connects to the Unix socket /run/docker.sock | connects: /run/docker.sock']);
    expect(found({ contacts }, { connects: ['/run/docker.sock'] })).toEqual([]);
  });
});

describe('names', () => {
  const resolver = contact(inet('10.0.0.2', 53), 'UDP');
  const asking = (name: string) => ({ contacts: [resolver], asked: [{ name, by: 'worker serve' }] });

  test('this machine, declared hosts and what a resolver appends to them are fine', () => {
    const connects = ['api.example.com:443'];
    for (const name of ['localhost', 'box', 'box.corp.example', '1.0.0.127.in-addr.arpa']) expect(found(asking(name))).toEqual([]);
    for (const name of ['api.example.com', 'api.example.com.corp.example']) expect(found(asking(name), { connects })).toEqual([]);
  });

  test('any other is named, and so is a question that cannot be read, where no host is declared', () => {
    expect(found(asking('home.example.com'))).toEqual(['it asks the name server for home.example.com | connects: home.example.com']);
    expect(found({ contacts: [resolver] })).toEqual([
      'it asks the name server at 10.0.0.2:53 for a name that cannot be read | connects: the name of that host',
    ]);
    expect(found({ contacts: [resolver] }, { connects: ['api.example.com'] })).toEqual([]);
    expect(found({ contacts: [contact(inet('8.8.8.8', 53), 'UDP')] })).toEqual([
      'it connects to 8.8.8.8:53 (UDP) | connects: 8.8.8.8:53',
    ]);
  });
});

test('listeners: a port stands for every address, an address for itself; without a file a Unix socket is nobody else\'s', () => {
  const [open, near] = [contact(inet('0.0.0.0', 9464)), contact(inet('127.0.0.1', 9464))];
  expect(found({ listeners: [open, { ...near, anyPort: true }] })).toEqual([
    'it listens on 0.0.0.0:9464 (TCP, open to every network of the machine) | listens: 0.0.0.0:9464',
    'it listens on 127.0.0.1:9464 (TCP) | listens: 127.0.0.1:*',
  ]);
  for (const entry of ['9464', '0.0.0.0:9464', '0.0.0.0:*']) {
    expect(found({ listeners: [open, near] }, { listens: [entry] })).toEqual([]);
  }
  expect(found({ listeners: [open, near] }, { listens: ['127.0.0.1:9464'] })).toHaveLength(1);
  expect(found({ listeners: ['@x', '/rooms/one/tmp/x', '/run/x'].map((path) => contact(unix(path), 'Unix')) })).toEqual([
    'it listens on the Unix socket /run/x | listens: /run/x',
  ]);
});

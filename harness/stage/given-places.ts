import type { SecuredPlace } from '../contract/secured-places.ts';
import type { Places as ServicePlaces } from '../services/service.ts';
import type { Room } from '../system/launch/room.ts';
import { fileIn } from './room-files.ts';

/** Where the things are that a worker is pointed at. */
export type Places = {
  readonly address: string;
  readonly namespace: string;
  /** The task queues by the contract's names. */
  readonly queues: Readonly<Record<string, string>>;
  readonly buildId: string;
  readonly services: Readonly<Record<string, ServicePlaces>>;
  /** Free ports by the contract's names. */
  readonly ports: Readonly<Record<string, number>>;
  readonly room: Room;
  readonly secured: SecuredPlaces;
};

/** What there is of TLS and the API key; `store` is a file with all that a system trusts, for a worker that is not told whom to trust. */
export type SecuredPlaces = Readonly<Partial<Record<SecuredPlace | 'store', string>>>;

/** What a placeholder of a contract stands for in one launch; undefined for one that it does not know. */
export function placeOf({ address, namespace, queues, services, ports, room, secured }: Places, name: string): string | undefined {
  const [root, ...rest] = name.split('.');
  const key = rest.join('.');
  const [host, port] = splitAddress(address);
  switch (root) {
    case 'temporal': return own<string | undefined>({ ...secured, address, host, port, namespace }, key);
    case 'queue': return own(queues, key);
    case 'service': return own<string | undefined>({ ...own(services, rest[0] ?? '') }, rest[1] ?? '');
    case 'port': return own(ports, key)?.toString();
    case 'room': return own({ home: room.home, tmp: room.tmp, cwd: room.cwd }, key);
    case 'file': return fileIn(room, key);
    default: return undefined;
  }
}

/** Host and port; an IPv6 address has colons of its own. */
function splitAddress(address: string): [string, string] {
  const at = address.lastIndexOf(':');
  return [address.slice(0, at), address.slice(at + 1)];
}

function own<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

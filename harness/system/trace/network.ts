import { targetOf, textsIn } from './call.ts';
import { readDns } from './dns.ts';
import { byDoer, fullPath } from './doers.ts';
import { askedName, isDns } from './name-services.ts';
import type { Trace } from './trace.ts';
import { addressIn, kindOf, type Address } from './sockets.ts';

/** Something that a process of a launch talked to or listened on, the first time. */
export type Contact = {
  readonly how: string;
  readonly address: Address;
  readonly by: string;
  /** Of a listener whose port the system was to choose. */
  readonly anyPort?: boolean;
};

/** A name that was asked for. */
export type Asked = { readonly name: string; readonly by: string };

/** What a launch did with sockets. */
export type Network = {
  /** Every place that was called or sent to, whether it answered or not; of Unix sockets those that answered. */
  readonly contacts: readonly Contact[];
  readonly listeners: readonly Contact[];
  readonly asked: readonly Asked[];
  /** Names for addresses, as the answers gave them. */
  readonly names: ReadonlyMap<string, string>;
};

/** Errors before anything leaves. */
const nothingLeft = new Set(['EAFNOSUPPORT', 'EBADF', 'EFAULT', 'EINVAL', 'EISCONN', 'EALREADY', 'ENOTSOCK']);

/**
 * To connect a UDP socket sends nothing: that is how resolvers find out which address leads where, and Go does it at this port. But what
 * is written to one that was connected is not always recorded (strace.ts); who writes so makes it so that it never blocks.
 */
const discardPort = 9;

/** Reads what a launch did with sockets; `folder` is where it was started. */
export function networkOf(trace: Pick<Trace, 'calls'>, folder: string): Network {
  const kinds = new Map<string, string>();
  const [peers, bound] = [new Map<string, Address>(), new Map<string, Address>()];
  const [fixed, unblocked] = [new Set<string>(), new Set<string>()];
  const listening = new Map<string, { how: string; by: string }>();
  const contacts = new Map<string, Contact>();
  const [asked, names] = [new Map<string, Asked>(), new Map<string, string>()];
  const meet = (how: string, address: Address, by: string): void => {
    const key = `${how} ${JSON.stringify(address)}`;
    if (!contacts.has(key)) contacts.set(key, { how, address, by });
  };
  for (const [call, { command: by, folder: here }] of byDoer(trace, folder)) {
    const socket = targetOf(call, 0) ?? '';
    const kind = kinds.get(socket);
    const given = absolute(addressIn(call, addressPlace[call.name] ?? 1), here);
    switch (call.name) {
      case 'socket': {
        const made = kindOf(call);
        if (made === undefined || call.opened === undefined) break;
        kinds.set(call.opened, made);
        if (call.args[1]?.includes('SOCK_NONBLOCK')) unblocked.add(call.opened);
        break;
      }
      case 'bind':
        if (given === undefined || call.value !== 0) break;
        bound.set(socket, given);
        if (given.family === 'unix' || given.port > 0) fixed.add(socket);
        if (kind === 'UDP' && given.family === 'inet' && given.port > 0) listening.set(socket, { how: 'UDP', by });
        break;
      case 'listen':
        if (call.value === 0 && kind !== undefined) listening.set(socket, { how: kind, by });
        break;
      case 'getsockname':
        // The port of a listener that the system was to choose.
        if (given !== undefined && (bound.has(socket) || listening.has(socket))) bound.set(socket, given);
        break;
      case 'connect':
        if (given === undefined || nothingLeft.has(call.error ?? '')) break;
        peers.set(socket, given);
        if (given.family === 'unix' ? call.value === 0 : kind !== 'UDP' || (unblocked.has(socket) && given.port !== discardPort)) {
          meet(kind ?? 'TCP', given, by);
        }
        break;
      case 'sendto': case 'sendmsg': case 'sendmmsg': case 'write': {
        const to = given ?? peers.get(socket);
        if (to === undefined) break;
        if (to.family === 'inet' && (kind !== 'TCP' || given !== undefined)) meet(kind ?? 'UDP', to, by);
        for (const name of textsIn(call, 1).flatMap((text) => askedName(to, text) ?? [])) asked.set(name, asked.get(name) ?? { name, by });
        break;
      }
      case 'recvfrom': {
        if (!isDns(given ?? peers.get(socket))) break;
        const answer = readDns(textsIn(call, 1)[0] ?? Buffer.alloc(0));
        for (const address of answer?.addresses ?? []) names.set(address, answer?.name ?? '');
        break;
      }
    }
  }
  const listeners = Array.from(listening, ([socket, { how, by }]): Contact => (
    { how, by, address: bound.get(socket) ?? anywhere, anyPort: !fixed.has(socket) }
  ));
  return { contacts: [...contacts.values()], listeners, asked: [...asked.values()], names };
}

/** A listener that was never bound is on every address, at a port that the system chose. */
const anywhere: Address = { family: 'inet', host: '0.0.0.0', port: 0 };

/** Which argument holds the address, where it is not the second. */
const addressPlace: Readonly<{ [name: string]: number }> = { sendto: 4, recvfrom: 4 };

function absolute(address: Address | undefined, folder: string): Address | undefined {
  if (address?.family !== 'unix' || address.path.startsWith('@')) return address;
  return { ...address, path: fullPath(folder, address.path) };
}

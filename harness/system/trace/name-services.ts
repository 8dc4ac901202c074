import { readDns } from './dns.ts';
import type { Address } from './sockets.ts';

const dnsPort = 53;

/** Whether names are asked for there in the language of DNS. */
export function isDns(address: Address | undefined): boolean {
  return address?.family === 'inet' && address.port === dnsPort;
}

/** Whether a Unix socket is one of the system's own, through which the C library looks up names of hosts, users and groups. */
export function isNameService(path: string): boolean {
  return /^(?:\/var)?\/run\/(?:nscd\/|systemd\/(?:resolve|userdb)\/)|\/sss\/pipes\//.test(path);
}

/** The name of a host that a message asks for, in the language of whom it is sent to; undefined where it asks for none. */
export function askedName(to: Address, message: Buffer): string | undefined {
  if (isDns(to)) return readDns(message)?.name;
  if (to.family !== 'unix' || !isNameService(to.path)) return undefined;
  return to.path.includes('nscd') ? nscdName(message) : /"name":"([^"\\]+)"/.exec(resolveQuestion(message))?.[1]?.toLowerCase();
}

/** systemd-resolved, by varlink: `{"method":"io.systemd.Resolve.ResolveHostname","parameters":{"name":"example.com",…}}`. */
function resolveQuestion(message: Buffer): string {
  const text = message.toString();
  return text.includes('io.systemd.Resolve.Resolve') ? text : '';
}

/** What glibc asks nscd about hosts: by name, by name for IPv6, and by getaddrinfo. */
const hostRequests = [4, 5, 14];

/** Three numbers (version, request, length of the key), then the key and a zero byte: glibc's nscd/nscd-client.h. */
function nscdName(message: Buffer): string | undefined {
  if (message.length < 13 || !hostRequests.includes(message.readInt32LE(4))) return undefined;
  return message.toString('latin1', 12, 12 + message.readInt32LE(8)).replace(/\0.*$/s, '').toLowerCase();
}

import type { Call } from './call.ts';

/** Where a socket leads to or listens. A Unix socket has its path, `@name` for one without a file. */
export type Address =
  | { readonly family: 'inet'; readonly host: string; readonly port: number }
  | { readonly family: 'unix'; readonly path: string };

/** The first address in an argument, undefined where there is none of these families. */
export function addressIn(call: Call, index: number): Address | undefined {
  const form = call.args[index] ?? '';
  const port = /sin6?_port=htons\((\d+)\)/.exec(form)?.[1];
  const [, number] = /(?:inet_addr\(|inet_pton\(AF_INET6, )"(\d+)"/.exec(form) ?? [];
  const host = number === undefined ? undefined : call.texts[Number(number)]?.toString();
  if (port !== undefined && host !== undefined) return { family: 'inet', host: host.replace(/^::ffff:(?=\d+\.)/, ''), port: Number(port) };
  const [, abstract, path] = /sun_path=(@?)"(\d+)"/.exec(form) ?? [];
  const name = path === undefined ? undefined : call.texts[Number(path)]?.toString();
  return name === undefined ? undefined : { family: 'unix', path: `${abstract ?? ''}${name}` };
}

/** `127.0.0.1:80`, `[::1]:80`, or a path. */
export function addressText(address: Address): string {
  if (address.family === 'unix') return address.path;
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}

/** Whether only processes of this machine come there. */
export function isLoopback(host: string): boolean {
  return host === '::1' || host === 'localhost' || /^127(?:\.\d+){3}$/.test(host);
}

/** Whether a listener there is open to every network of the machine. */
export function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** What a socket is: `TCP`, `UDP`, `raw` for other packets; undefined where its making was not seen. */
export function kindOf({ args }: Call): string | undefined {
  if (!/^AF_INET6?$/.test(args[0] ?? '')) return args[0] === 'AF_UNIX' ? 'Unix' : undefined;
  if (/SOCK_STREAM/.test(args[1] ?? '')) return 'TCP';
  return /SOCK_DGRAM/.test(args[1] ?? '') && !/ICMP/.test(args[2] ?? '') ? 'UDP' : 'raw';
}

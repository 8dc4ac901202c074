import { isIPv6 } from 'node:net';

/** Where something listens or is called, as a contract names it; what is left out may be anything. */
export type Endpoint = { readonly host?: string; readonly port?: number } | { readonly path: string };

/** Reads `9464`, `127.0.0.1:9464`, `0.0.0.0:*`, `[::1]:80`, `api.example.com`, `*.example.com:443` or the path of a Unix socket. */
export function parseEndpoint(text: string): Endpoint | undefined {
  if (/^[/@]/.test(text)) return { path: text };
  if (/^\d+$/.test(text)) return withPort({}, text);
  const [, six, host = six, port] = /^(?:\[([\da-fA-F:.]+)\]|([\w*.-]+))(?::(\d+|\*))?$/.exec(text) ?? [];
  if (host !== undefined) {
    const named = { host: host.toLowerCase() };
    return port === undefined || port === '*' ? named : withPort(named, port);
  }
  return isIPv6(text) ? { host: text.toLowerCase() } : undefined;
}

function withPort(endpoint: { readonly host?: string }, text: string): Endpoint | undefined {
  const port = Number(text);
  return port > 0 && port < 65_536 ? { ...endpoint, port } : undefined;
}

import { readdirSync, readlinkSync } from 'node:fs';
import { readProc } from '../proc.ts';

/** The sockets of a process: where it listens, and to where it is connected; each as `address:port`, or the path of a Unix socket. */
export type Sockets = { readonly listening: readonly string[]; readonly connected: readonly string[] };

const [listens, established] = ['0A', '01'];

/** The sockets of one process; none where its descriptors may not be read, or it has ended. */
export function socketsOf(pid: number): Sockets {
  const own = new Set(linksOf(pid).flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  const rows = ['tcp', 'tcp6'].flatMap((table) => parseTcp(readProc(`${pid}/net/${table}`)).filter(({ inode }) => own.has(inode)));
  const paths = parseUnix(readProc(`${pid}/net/unix`)).filter(({ inode }) => own.has(inode)).map(({ path }) => path);
  return {
    listening: [...new Set([...rows.filter(({ state }) => state === listens).map(({ local }) => local), ...paths])],
    connected: [...new Set(rows.filter(({ state }) => state === established).map(({ remote }) => remote))],
  };
}

function linksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

/** Where a link of /proc leads, empty when it is gone. */
export function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** The rows of /proc/net/tcp and tcp6, proc(5): local and remote address, state and inode are columns 2, 3, 4 and 10. */
export function parseTcp(table: string) {
  return table.split('\n').slice(1).flatMap((line) => {
    const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
    return local && remote && inode ? [{ local: address(local), remote: address(remote), state, inode }] : [];
  });
}

/** The listening sockets of /proc/net/unix that have a path: flag 00010000 says that they accept connections. */
function parseUnix(table: string) {
  return table.split('\n').slice(1).flatMap((line) => {
    const [, , , flags, , , inode, path] = line.trim().split(/\s+/);
    return flags === '00010000' && inode && path ? [{ inode, path }] : [];
  });
}

/** `0100007F:1F90` is 127.0.0.1:8080: words of four bytes in the machine's order, and the port. */
function address(text: string): string {
  const [host = '', port = ''] = text.split(':');
  const words = (host.match(/.{8}/g) ?? []).map((word) => (word.match(/../g) ?? []).toReversed());
  const shown = words.length === 1
    ? (words[0] ?? []).map((byte) => Number.parseInt(byte, 16)).join('.')
    : `[${words.flatMap((bytes) => [bytes.slice(0, 2).join(''), bytes.slice(2).join('')]).join(':').toLowerCase()}]`;
  return `${shown}:${Number.parseInt(port, 16)}`;
}

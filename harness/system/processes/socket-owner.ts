import { readdirSync, readlinkSync } from 'node:fs';
import { readProc } from '../proc.ts';
import { listProcesses } from './process-table.ts';

/** The number of the socket whose own port and whose partner's are these, as a table of /proc/net tells it; proc(5). */
export function inodeOf(table: string, ownPort: number, partnerPort: number): string | undefined {
  const [own, partner] = [ownPort, partnerPort].map((port) => `:${port.toString(16).toUpperCase().padStart(4, '0')}`);
  const fields = table.split('\n').map((line) => line.trim().split(/\s+/));
  return fields.find((line) => line[1]?.endsWith(own ?? '') && line[2]?.endsWith(partner ?? ''))?.[9];
}

/**
 * The process at the other end of a connection on this machine: of those named the first that holds it, else any. Undefined where the
 * system does not tell, and when the connection is closed.
 */
export function ownerOf(ownPort: number, partnerPort: number, among: readonly number[]): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const inode = ['net/tcp', 'net/tcp6'].map((table) => inodeOf(readProc(table), ownPort, partnerPort)).find(Boolean);
  if (inode === undefined || inode === '0') return undefined;
  const holds = (pid: number): boolean => socketsOf(pid).includes(`socket:[${inode}]`);
  return among.find(holds) ?? listProcesses().map(({ pid }) => pid).find((pid) => pid !== process.pid && holds(pid));
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function linkOf(path: string): string | [] {
  try {
    return readlinkSync(path);
  } catch {
    return [];
  }
}

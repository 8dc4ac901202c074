import { execFileSync } from 'node:child_process';
import type { ProcessEntry } from './process-entry.ts';

// macOS and other systems without /proc. Written from ps(1); not verified until CI has run it there.

function ps(args: readonly string[]): string[] {
  return execFileSync('ps', args, { encoding: 'utf8', maxBuffer: 64_000_000, env: { PATH: '/bin:/usr/bin', LC_ALL: 'C' } })
    .split('\n')
    .slice(1);
}

/** Parses one line of `ps -axo pid,ppid,pgid,stat,rss,lstart,command`; rss is in kilobytes of 1024 bytes, lstart is five words. */
export function parsePsLine(line: string): ProcessEntry | undefined {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s*(.*)$/.exec(line);
  if (!match) return undefined;
  const [pid = 0, parentPid = 0, groupId = 0, , kilobytes = 0] = match.slice(1).map(Number);
  const [state = '', , startedAt = '', command = ''] = match.slice(4);
  return { pid, parentPid, groupId, sessionId: 0, startedAt, zombie: state.startsWith('Z'), command, residentBytes: kilobytes * 1024 };
}

/** Reads the process table with ps(1). */
export function posixProcesses(): ProcessEntry[] {
  return ps(['-axo', 'pid,ppid,pgid,stat,rss,lstart,command']).flatMap((line) => parsePsLine(line) ?? []);
}

/** The pids for which `ps -E` (own processes only) shows the environment entry. */
export function posixEnvironmentEntries(entry: string): number[] {
  return ps(['-axEwwo', 'pid,command']).filter((line) => line.split(/\s+/).includes(entry)).map((line) => Number.parseInt(line, 10));
}

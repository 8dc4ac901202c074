import { readdirSync } from 'node:fs';
import { readProc } from '../proc.ts';
import { memoryOfTree } from './memory.ts';
import type { ProcessEntry } from './process-entry.ts';
import { listProcesses } from './process-table.ts';

/** What a process tree holds of the system. Descriptors and threads are left out where the system does not list another process's. */
export type Holdings = {
  readonly memoryBytes: number;
  readonly processes: number;
  /** Children that have ended and that nobody has waited for. */
  readonly zombies: number;
  readonly descriptors?: number;
  readonly threads?: number;
};

/** What only this process holds in a part of /proc/PID/smaps_rollup, in bytes: no pages of files, which the system may take back. */
export function parseOwnMemory(rollup: string): number | undefined {
  const kilobytes = ['Pss_Anon', 'Pss_Shmem', 'SwapPss'].map((name) => new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1]);
  return kilobytes[0] === undefined ? undefined : kilobytes.reduce((sum, value) => sum + Number(value ?? 0), 0) * 1024;
}

/** Looks now. On Linux memory is what the processes have made themselves, a shared page once; elsewhere what is resident. */
export function holdingsOf(members: readonly ProcessEntry[]): Holdings {
  const pids = new Set(members.map(({ pid }) => pid));
  const zombies = listProcesses().filter(({ parentPid, zombie }) => zombie && pids.has(parentPid)).length;
  const common = { processes: members.length, zombies };
  if (process.platform !== 'linux') return { ...common, memoryBytes: memoryOfTree(members) };
  const own = members.map((member) => parseOwnMemory(readProc(`${member.pid}/smaps_rollup`)) ?? memoryOfTree([member]));
  return { ...common, memoryBytes: sum(own), descriptors: sum(entries(members, 'fd')), threads: sum(entries(members, 'task')) };
}

const entries = (members: readonly ProcessEntry[], folder: 'fd' | 'task'): number[] => members.map(({ pid }) => {
  try {
    return readdirSync(`/proc/${pid}/${folder}`).length;
  } catch {
    return 0;
  }
});

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

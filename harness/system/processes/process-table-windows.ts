import { execFileSync } from 'node:child_process';
import type { ProcessEntry } from './process-entry.ts';

// Written from the documentation of Win32_Process; not verified until CI has run it there.

type Row = {
  ProcessId: number; ParentProcessId: number; CreationDate: string | null; CommandLine: string | null; WorkingSetSize: number;
};

const query = 'Get-CimInstance Win32_Process | ' +
  'Select-Object ProcessId,ParentProcessId,CreationDate,CommandLine,WorkingSetSize | ConvertTo-Json -Compress';

/** Turns the JSON of the query into process entries. */
export function parseRows(json: string): ProcessEntry[] {
  const rows: Row[] = [JSON.parse(json)].flat();
  return rows.map((row) => ({
    pid: row.ProcessId, parentPid: row.ParentProcessId, groupId: 0, sessionId: 0, startedAt: row.CreationDate ?? '', zombie: false,
    command: row.CommandLine ?? '', residentBytes: row.WorkingSetSize,
  }));
}

/** Reads the process table through CIM. */
export function windowsProcesses(): ProcessEntry[] {
  return parseRows(execFileSync('powershell.exe', ['-NoProfile', '-Command', query], { encoding: 'utf8', maxBuffer: 64_000_000 }));
}

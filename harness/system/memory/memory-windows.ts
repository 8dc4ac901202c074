import { execFileSync } from 'node:child_process';

/** Working set of the processes, from Get-Process. Not verified until CI has run it there. */
export function memoryOnWindows(pids: readonly number[]): number {
  const query = `(Get-Process -Id ${pids.join(',')} -ErrorAction SilentlyContinue | Measure-Object WorkingSet64 -Sum).Sum`;
  return Number.parseInt(execFileSync('powershell.exe', ['-NoProfile', '-Command', query], { encoding: 'utf8' }), 10) || 0;
}

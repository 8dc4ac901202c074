import { spawnSync } from 'node:child_process';

// Written from sysctl(3) and arch(1) of macOS; not verified until CI has run it there.

/** What one of the system's own tools answers, or undefined where it fails. */
function answer(file: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(file, args, { encoding: 'utf8', timeout: 10_000 });
  return status === 0 ? stdout.trim() : undefined;
}

/** Whether an Arm Mac runs a program of an architecture, and by what: Rosetta 2 those of amd64, where it is installed. */
export function emulatorOnDarwin(architecture: string | undefined): 'none' | 'Rosetta 2' | undefined {
  if (architecture !== 'amd64' || answer('/usr/sbin/sysctl', '-n', 'hw.optional.arm64') !== '1') return undefined;
  return answer('/usr/bin/arch', '-x86_64', '/usr/bin/true') === undefined ? 'none' : 'Rosetta 2';
}

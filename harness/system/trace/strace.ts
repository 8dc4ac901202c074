import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Command } from '../launch/launch.ts';
import { findOnPath } from '../tools/on-path.ts';

/** What of a launch is recorded. `?`: some of them are not known on every processor. */
const calls = [
  'execve', 'clone', 'clone3', 'fork', 'vfork', 'chdir', 'fchdir',
  'socket', 'connect', 'bind', 'listen', 'getsockname', 'sendto', 'sendmsg', 'sendmmsg', 'recvfrom',
  'open', 'openat', 'openat2', 'creat', 'mkdir', 'mkdirat', 'rmdir', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'link',
  'linkat', 'symlink', 'symlinkat', 'truncate', 'mknod', 'mknodat',
];

/** With what files are opened; an opening that goes well says what file it is. */
const openings = ['open', 'openat', 'openat2'];

/** Recorded of those alone that ask name servers so: others write far too much else. */
const writing = 'write';

/**
 * The started program stays the child of whoever starts it, with its pid, signals and exit code; strace watches from a process group of
 * its own, and ends with the last process that it watches. Only recorded calls are slowed down. Of signals the ordinary ones are left out;
 * without any, strace is silent about an end by one, too.
 */
const how = ['-DD', '-f', '-q', '-y', '--seccomp-bpf', '-s', '4096', '-e', 'signal=!SIGCHLD,SIGURG'];

function argsOf(trace: string, file: string, args: readonly string[], names: readonly string[] = calls): string[] {
  return [...how, '-e', `trace=${names.map((name) => `?${name}`).join(',')}`, '-o', trace, '--', file, ...args];
}

/** The same command, recorded into the file `trace`, with what it `writes` too. strace must be there, see `straceMissing`. */
export function tracedCommand(command: Command, trace: string, writes = false): Command {
  return recordedCommand(command, trace, writes ? [...calls, writing] : calls);
}

/** The same command, of which only what it opens is recorded, which costs it next to nothing. */
export function openingCommand(command: Command, trace: string): Command {
  return recordedCommand(command, trace, openings);
}

function recordedCommand(command: Command, trace: string, names: readonly string[]): Command {
  const args = argsOf(trace, command.file, command.args, names);
  return {
    ...command, file: findOnPath('strace') ?? 'strace', args,
    // What it runs is its only child that it starts so; it itself is no member of the launch.
    isBeside: ({ command: line }) => line.includes(` -o ${trace} -- `),
  };
}

/** Why strace can't record a launch here, and what to do about it; undefined where it has just recorded a small one to its end. */
export async function straceMissing(): Promise<string | undefined> {
  if (process.platform !== 'linux') return `there is no strace for ${process.platform}: a run on Linux looks for it`;
  const strace = findOnPath('strace');
  if (strace === undefined) return 'strace is not installed: apt-get install strace';
  const folder = await mkdtemp(join(tmpdir(), 'eye-'));
  try {
    const trace = join(folder, 'trace');
    // Its standard error stays open until strace itself has ended.
    const args = argsOf(trace, '/bin/sh', ['-c', '(exit 0)']);
    const { stderr } = await execa(strace, args, { reject: false, timeout: 10_000, stdin: 'ignore' });
    const text = await readFile(trace, 'utf8').catch(() => '');
    if (/ execve\(/.test(text) && / \+\+\+ exited with 0 \+\+\+/.test(text)) return undefined;
    const said = stderr.trim().split('\n').at(-1)?.replace(/^.*?strace: (?:attach: )?/, '') || 'it recorded nothing';
    return `strace cannot watch a process (${said}): allow ptrace, in a container with --cap-add=SYS_PTRACE, and have strace 5.3 or later`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

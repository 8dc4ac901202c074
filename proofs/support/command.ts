import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** The folder of frostgate's own package.json, with a slash at its end. */
export const root: string = fileURLToPath(new URL('../../', import.meta.url));

/** This environment without what npm hands to its scripts; what is in the folders is found first. */
export function environment(folders: string, more: Readonly<Record<string, string>> = {}): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_(?:lifecycle|package|command|execpath|node_execpath)|INIT_CWD$)/.test(name),
  );
  return { ...Object.fromEntries(own), PATH: [folders, process.env['PATH']].join(delimiter), NO_COLOR: '1', ...more };
}

/** What a command did. */
export type Ran = {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** The command and its last lines, for whoever reads why a proof failed. */
  readonly told: string;
};

type Options = {
  readonly cwd?: string;
  /** The whole environment; this process's own when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

const lastLines = 30;

const running = new Set<Promise<unknown>>();

/** Waits until no command runs any more: who is told to stop still has to clean up. */
export async function commandsEnded(): Promise<void> {
  await Promise.allSettled(running);
}

/** Runs a command to its end, whatever its exit code. It is ended by the signal and at the limit. */
export async function run(
  program: string, args: readonly string[], { cwd = root, env, timeoutMs, signal }: Options,
): Promise<Ran> {
  const command = execa(program, args, {
    cwd, ...(env && { extendEnv: false, env }), all: true, reject: false, stdin: 'ignore', timeout: timeoutMs, cancelSignal: signal,
    forceKillAfterDelay: 30_000,
  });
  running.add(command);
  const { exitCode, stdout, stderr, all, timedOut } = await command;
  running.delete(command);
  const end = timedOut ? [`ended after ${timeoutMs / 1000} s`] : [];
  return { code: exitCode, stdout, stderr, told: [
    `$ ${[program, ...args].join(' ')}`, ...all.trimEnd().split('\n').slice(-lastLines), ...end, `exit code ${exitCode}`,
  ].join('\n') };
}

/** Builds the executables of a project below fixtures/, unless they are up to date. @throws {Error} with the build's last lines. */
export async function build(project: string, signal: AbortSignal, ...names: readonly string[]): Promise<void> {
  const { code, told } = await run('bash', [`fixtures/${project}/build.sh`, ...names], { timeoutMs: 900_000, signal });
  if (code !== 0) throw new Error(told);
}

import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { watchCpu, type CpuWait } from '../cpu/cpu-wait.ts';
import { killAll, sendSignal } from '../processes/kill.ts';
import { launchMark, newMark, runMark } from '../processes/marks.ts';
import { followOutput, type OutputLog } from './output-log.ts';
import type { ProcessEntry } from '../processes/process-entry.ts';
import { entriesOf, makeRoom, roomEnvironment, sizeOfTree, type Room } from './room.ts';
import { forgetPid, notePid, recordLaunch, type RunFolder } from './run-folder.ts';
import { treeOf, type ProcessTree } from '../processes/tree.ts';
import { cameWithin, waitFor, type WaitOptions } from '../wait.ts';

/** What is started: the executable, the baseline's interpreter with its script, or a server beside them. */
export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly variant: 'subject' | 'baseline' | 'service';
  /** Where it runs, the room's own folder unless given: a program of the user's finds its files in its project. */
  readonly cwd?: string;
};

/** How the started process ended; `error` when it could not be started at all. `atMs` counts from the spawn. */
export type Exit = {
  readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly error?: string; readonly atMs: number;
};

/** What was there after the started process had ended, before anything was cleaned up. */
export type Remains = {
  readonly survivors: readonly ProcessEntry[];
  /** Entries in the room's folder for temporary files. */
  readonly leftOvers: readonly string[];
  readonly leftOverBytes: number;
};

/** The variables that every launch gets and no others; a launch's own are added to them. */
const commonEnvironment: Record<string, string> =
  process.platform === 'win32'
    ? { PATH: 'C:\\Windows\\system32;C:\\Windows', SystemRoot: 'C:\\Windows', ComSpec: 'C:\\Windows\\system32\\cmd.exe' }
    : { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LANG: 'C.UTF-8' };

/** A helper that was told to end gets a moment of its own time; a real survivor stays. */
const lastMs = 500;

/** One started process tree in its room, from the spawn to the last descendant's end. */
export class Launch {
  readonly mark: string;
  readonly room: Room;
  readonly output: OutputLog;
  readonly spawnedAtMs: number;
  /** The same moment by the wall clock, in milliseconds since 1970: what files carry. */
  readonly spawnedAtEpochMs: number;
  readonly command: Command;
  /** What the tree waits for a CPU and uses. */
  readonly cpu: CpuWait;
  readonly tree: ProcessTree;
  readonly #run: RunFolder;
  readonly #child: ChildProcess;
  #exit: Exit | undefined;
  #remains: Promise<Remains> | undefined;

  private constructor(run: RunFolder, command: Command, environment: Readonly<Record<string, string>>) {
    this.#run = run;
    this.command = command;
    this.mark = `${run.mark}.${newMark()}`;
    this.room = makeRoom(run.folder, this.mark.slice(-12));
    this.output = followOutput(this.room.logs);
    const marks = { [runMark]: run.mark, [launchMark]: this.mark };
    const [stdout, stderr] = [openSync(this.output.files.stdout, 'a'), openSync(this.output.files.stderr, 'a')];
    this.spawnedAtMs = performance.now();
    this.spawnedAtEpochMs = Date.now();
    this.#child = spawn(command.file, command.args, {
      cwd: command.cwd ?? this.room.cwd,
      env: { ...commonEnvironment, ...roomEnvironment(this.room), ...environment, ...marks },
      detached: true,
      stdio: ['ignore', stdout, stderr],
    });
    closeSync(stdout);
    closeSync(stderr);
    if (this.#child.pid !== undefined) notePid(run, this.#child.pid);
    this.cpu = watchCpu(this.pid);
    this.tree = treeOf(this.pid, this.mark);
    // 'exit' and never 'close': an orphan may hold the output open for ever (hazards HX-01).
    this.#child.once('exit', (code, signal) => this.#ended({ code, signal }));
    this.#child.once('error', (error) => this.#ended({ code: null, signal: null, error: error.message }));
  }

  #ended(exit: Omit<Exit, 'atMs'>): void {
    this.#exit ??= { ...exit, atMs: this.elapsedMs() };
    this.output.read();
    const { variant } = this.command;
    if (variant !== 'service') recordLaunch(this.#run, { variant, startMs: this.spawnedAtEpochMs, endMs: Date.now() });
  }

  /**
   * Starts a command in a fresh room with the allow-listed environment and `environment` on top.
   * A command that cannot be started is a launch whose exit has an `error`.
   */
  static start(run: RunFolder, command: Command, environment: Readonly<Record<string, string>>): Launch {
    return new Launch(run, command, environment);
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** How it ended, undefined while it runs. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  elapsedMs(): number {
    return performance.now() - this.spawnedAtMs;
  }

  /** The living members of the tree, parents first. */
  alive(): ProcessEntry[] {
    return this.tree.alive();
  }

  /** Sends a signal to the started process. */
  signal(signal: NodeJS.Signals): void {
    this.alive(); // remembers the members while the parents still name their children
    sendSignal(this.pid, signal);
  }

  /**
   * Waits for the end; undefined when it still runs after the deadline. With `stretch`, what it waits for a CPU does not count.
   * @throws {WaitFailed} when the signal ended the wait, or when it still runs only because it had to wait for a CPU.
   */
  async waitForExit(deadlineMs: number, options: Pick<WaitOptions, 'signal' | 'stretch'> = {}): Promise<Exit | undefined> {
    return cameWithin('the end', () => this.#exit, { deadlineMs, everyMs: 5, ...options });
  }

  /** What the end of the process left behind; looks once, after the exit or now if it still runs. */
  remains(): Promise<Remains> {
    this.#remains ??= this.#inspect();
    return this.#remains;
  }

  async #inspect(): Promise<Remains> {
    const ended = (): true | undefined => this.alive().length === 0 || undefined;
    const wait = { deadlineMs: lastMs, everyMs: 20, stretch: this.cpu.stretch() };
    const survivors = await waitFor('the tree to end', ended, wait).then(() => [], () => this.alive());
    return { survivors, leftOvers: entriesOf(this.room.tmp), leftOverBytes: sizeOfTree(this.room.tmp) };
  }

  /** Ends the whole tree and verifies that it is gone. Idempotent. @returns the pids that survived even SIGKILL; empty is the rule. */
  async dispose(): Promise<number[]> {
    const stuck = await killAll(() => this.alive());
    if (this.#child.pid !== undefined && await this.waitForExit(2_000)) forgetPid(this.#run, this.#child.pid);
    this.output.close();
    return stuck;
  }
}

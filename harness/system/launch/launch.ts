import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { watchCpu, type CpuWait } from '../cpu/cpu-wait.ts';
import { killAll, sendSignal } from '../processes/kill.ts';
import { marked, newLaunchMark } from '../processes/marks.ts';
import { followOutput, type OutputLog } from './output-log.ts';
import type { ProcessEntry } from '../processes/process-entry.ts';
import { entriesOf, makeRoom, roomEnvironment, type Room } from './room.ts';
import { sizeOfTree } from '../tree.ts';
import { forgetPid, noteMark, notePid, noteRoom, recordLaunch, type RunFolder } from './run-folder.ts';
import { survivorOf, type Survivor } from '../processes/survivor.ts';
import { treeOf, type ProcessTree } from '../processes/tree.ts';
import { cameWithin, waitFor, type WaitOptions } from '../wait.ts';

/** What is started: the executable, that of the last release, the baseline's interpreter with its script, or a server beside them. */
export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly variant: 'subject' | 'baseline' | 'previous' | 'service';
  /** Where it runs, the room's own folder unless given: a program of the user's finds its files in its project. */
  readonly cwd?: string;
  /** Tells what runs with it and is ours: no member of the launch. */
  readonly isBeside?: (entry: ProcessEntry) => boolean;
};

/** How the started process ended; `error` when it could not be started at all. `atMs` counts from the spawn. */
export type Exit = {
  readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly error?: string; readonly atMs: number;
};

/** What was there after the started process had ended, before anything was cleaned up. */
export type Remains = {
  readonly survivors: readonly Survivor[];
  /** Entries in the room's folder for temporary files. */
  readonly leftOvers: readonly string[];
  readonly leftOverBytes: number;
};

/** A moment at which the harness disturbed a launch, by the wall clock, and the pids of its members then. */
export type Told = { readonly atEpochMs: number; readonly members: readonly number[] };

/** The variables that every launch gets and no others; a launch's own are added to them. */
const commonEnvironment: Record<string, string> =
  process.platform === 'win32'
    ? { PATH: 'C:\\Windows\\system32;C:\\Windows', SystemRoot: 'C:\\Windows', ComSpec: 'C:\\Windows\\system32\\cmd.exe' }
    : { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LANG: 'C.UTF-8' };

/** A helper that was told to end gets a moment of its own time; a real survivor stays. */
const lastMs = 500;

/** A tracer ends as soon as it has written down the last end. */
const watchedMs = 5_000;

/** One started process tree in its room, from the spawn to the last descendant's end. */
export class Launch {
  readonly room: Room;
  readonly output: OutputLog;
  readonly spawnedAtMs: number;
  /** The same moment by the wall clock, in milliseconds since 1970: what files carry. */
  readonly spawnedAtEpochMs: number;
  readonly command: Command;
  /** What the tree waits for a CPU and uses. */
  readonly cpu: CpuWait;
  readonly tree: ProcessTree;
  /** Every signal that the harness sent it, the last one its disposal: what happens to its work then is the harness's doing. */
  readonly told: Told[] = [];
  readonly #run: RunFolder;
  readonly #child: ChildProcess;
  readonly #forgetMark: () => void;
  #exit: Exit | undefined;
  readonly #atEnd = Promise.withResolvers<void>();
  #remains: Promise<Remains> | undefined;

  private constructor(run: RunFolder, command: Command, environment: Readonly<Record<string, string>>, room: Room) {
    this.#run = run;
    this.command = command;
    this.room = room;
    this.output = followOutput(this.room.logs);
    const mark = newLaunchMark();
    this.#forgetMark = noteMark(run, mark);
    const [stdout, stderr] = [openSync(this.output.files.stdout, 'a'), openSync(this.output.files.stderr, 'a')];
    this.spawnedAtMs = performance.now();
    this.spawnedAtEpochMs = Date.now();
    const start = marked(mark, command.file, command.args);
    this.#child = spawn(start.file, start.args, {
      cwd: command.cwd ?? this.room.cwd,
      env: { ...commonEnvironment, ...roomEnvironment(this.room), ...environment, ...start.variables },
      detached: true,
      stdio: ['ignore', stdout, stderr],
    });
    closeSync(stdout);
    closeSync(stderr);
    if (this.#child.pid !== undefined) {
      start.begun(this.#child.pid);
      notePid(run, this.#child.pid);
    }
    this.cpu = watchCpu(this.pid, (pid) => this.tree.note(pid));
    this.tree = treeOf(this.pid, mark);
    // 'exit' and never 'close': an orphan may hold the output open for ever (hazards HX-01).
    this.#child.once('exit', (code, signal) => this.#ended({ code, signal }));
    this.#child.once('error', (error) => this.#ended({ code: null, signal: null, error: error.message }));
  }

  #ended(exit: Omit<Exit, 'atMs'>): void {
    this.#exit ??= { ...exit, atMs: this.elapsedMs() };
    this.output.read();
    this.#atEnd.resolve();
    const { variant } = this.command;
    const [startMs, endMs] = [this.spawnedAtEpochMs, this.spawnedAtEpochMs + this.elapsedMs()];
    if (variant !== 'service') recordLaunch(this.#run, { variant, startMs, endMs });
  }

  /**
   * Starts a command in a fresh room, unless one has been made for it, with the allow-listed environment and `environment` on top.
   * A command that cannot be started is a launch whose exit has an `error`.
   */
  static start(
    run: RunFolder, command: Command, environment: Readonly<Record<string, string>>, room = makeRoom(noteRoom(run)),
  ): Launch {
    return new Launch(run, command, environment, room);
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** How it ended, undefined while it runs. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** Resolves when the started process has ended. */
  get ended(): Promise<void> {
    return this.#atEnd.promise;
  }

  elapsedMs(): number {
    return performance.now() - this.spawnedAtMs;
  }

  /** The living members of the tree, parents first. */
  alive(): ProcessEntry[] {
    const { isBeside } = this.command;
    return this.tree.alive().filter((entry) => entry.pid === this.pid || !isBeside?.(entry));
  }

  /** Whether what runs with it still does. */
  isWatched(): boolean {
    const { isBeside } = this.command;
    return isBeside !== undefined && this.tree.alive().some((entry) => entry.pid !== this.pid && isBeside(entry));
  }

  /**
   * It is about to be disturbed: remembers the members, while the parents still name their children. Where nobody can look, whoever asks
   * what is left is told.
   */
  tell(): void {
    let members: number[] = [];
    try {
      members = this.alive().map(({ pid }) => pid);
    } catch {}
    this.told.push({ atEpochMs: Date.now(), members });
  }

  /** Sends a signal to the started process. */
  signal(signal: NodeJS.Signals): void {
    this.tell();
    sendSignal(this.pid, signal);
  }

  /** Sends a signal to the started process and to all that are still in its process group, as a terminal does for Ctrl-C. */
  signalGroup(signal: NodeJS.Signals): void {
    this.tell();
    sendSignal(-this.pid, signal);
  }

  /**
   * Waits for the end; undefined when it still runs after the deadline. With `stretch`, what it waits for a CPU does not count.
   * @throws {WaitFailed} when the signal ended the wait, or when it still runs only because it had to wait for a CPU.
   */
  async waitForExit(deadlineMs: number, options: Pick<WaitOptions, 'signal' | 'stretch'> = {}): Promise<Exit | undefined> {
    return cameWithin('the end', () => this.#exit, { deadlineMs, everyMs: 5, ...options });
  }

  /** Waits until nothing of the tree is alive any more, or until its time is up: `remains` tells which. */
  async untilGone(deadlineMs: number): Promise<void> {
    const gone = (): true | undefined => this.alive().length === 0 || undefined;
    await waitFor('the tree to end', gone, { deadlineMs, everyMs: 50, stretch: this.cpu.stretch() }).catch(() => {});
  }

  /** What the end of the process left behind; looks once, after the exit or now if it still runs. */
  remains(): Promise<Remains> {
    this.#remains ??= this.#inspect();
    return this.#remains;
  }

  async #inspect(): Promise<Remains> {
    const ended = (): true | undefined => this.alive().length === 0 || undefined;
    const wait = { deadlineMs: lastMs, everyMs: 20, stretch: this.cpu.stretch() };
    const survivors = await waitFor('the tree to end', ended, wait).then(() => [], () => this.alive().map((entry) => (
      survivorOf(entry, { parents: this.tree.parentsOf(entry), afterMs: this.tree.afterRootMs(entry) })
    )));
    return { survivors, leftOvers: entriesOf(this.room.tmp), leftOverBytes: sizeOfTree(this.room.tmp) };
  }

  /** Ends the whole tree and verifies that it is gone. Idempotent. @returns the pids that survived even SIGKILL; empty is the rule. */
  async dispose(): Promise<number[]> {
    this.tell();
    const stuck = await killAll(() => this.alive()).catch((error: unknown) => {
      if (this.#child.pid !== undefined) sendSignal(-this.#child.pid, 'SIGKILL'); // blind: its group at least
      throw error;
    });
    // What watches them has seen them end, and is about to end itself.
    if (this.isWatched()) await cameWithin('the end of what watches', () => !this.isWatched() || undefined, { deadlineMs: watchedMs });
    if (this.isWatched()) stuck.push(...await killAll(() => this.tree.alive()));
    if (this.#child.pid !== undefined && await this.waitForExit(2_000)) forgetPid(this.#run, this.#child.pid);
    if (stuck.length === 0) this.#forgetMark();
    this.output.close();
    return stuck;
  }
}

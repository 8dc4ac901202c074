import { closeSync, openSync, readSync, watch, writeFileSync, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

/** One line of output and when it was seen, in milliseconds since the spawn. */
type OutputLine = { readonly stream: 'stdout' | 'stderr'; readonly atMs: number; readonly text: string };

const chunkBytes = 65_536;

/** More than this is kept on disk only. */
const keptBytes = 16_000_000;

/**
 * Follows the two files that a launch writes to. Files instead of pipes: an orphan that holds a pipe open would keep the
 * harness waiting (hazards HX-01), and what was written survives the harness.
 */
export class OutputLog {
  readonly lines: OutputLine[] = [];
  /** The paths of the files, to be opened by whoever spawns. */
  readonly files: { readonly stdout: string; readonly stderr: string };
  readonly #startMs = performance.now();
  readonly #streams: readonly Stream[];
  readonly #watcher: FSWatcher;

  constructor(folder: string) {
    this.files = { stdout: join(folder, 'stdout.log'), stderr: join(folder, 'stderr.log') };
    this.#streams = (['stdout', 'stderr'] as const).map((name) => new Stream(name, this.files[name]));
    this.#watcher = watch(folder, () => this.read());
    this.#watcher.unref();
  }

  /** Reads what was written since the last call. */
  read(): void {
    const atMs = performance.now() - this.#startMs;
    for (const stream of this.#streams) for (const text of stream.take()) this.lines.push({ stream: stream.name, atMs, text });
  }

  /** The lines of both streams in the order in which they were seen; `fromLine` leaves out those of an earlier moment. */
  text(fromLine = 0): string {
    this.read();
    const rest = this.#streams.map((stream) => stream.unfinished).filter((text) => text !== '');
    return [...this.lines.slice(fromLine).map((line) => line.text), ...rest].join('\n');
  }

  /** The last lines, for an error message. */
  tail(count = 12): string {
    return this.text().trimEnd().split('\n').slice(-count).join('\n');
  }

  /** Stops following; the files stay. */
  close(): void {
    this.read();
    this.#watcher.close();
    for (const stream of this.#streams) stream.close();
  }
}

class Stream {
  readonly name: 'stdout' | 'stderr';
  readonly #fd: number;
  readonly #decoder = new StringDecoder('utf8');
  readonly #buffer = Buffer.alloc(chunkBytes);
  #readBytes = 0;
  #closed = false;
  unfinished = '';

  constructor(name: 'stdout' | 'stderr', file: string) {
    this.name = name;
    writeFileSync(file, '');
    this.#fd = openSync(file, 'r');
  }

  take(): string[] {
    const complete: string[] = [];
    while (!this.#closed && this.#readBytes < keptBytes) {
      const count = readSync(this.#fd, this.#buffer, 0, chunkBytes, null);
      if (count === 0) break;
      this.#readBytes += count;
      const pieces = (this.unfinished + this.#decoder.write(this.#buffer.subarray(0, count))).split('\n');
      this.unfinished = pieces.pop() ?? '';
      complete.push(...pieces);
    }
    return complete;
  }

  close(): void {
    if (!this.#closed) closeSync(this.#fd);
    this.#closed = true;
  }
}

import { closeSync, openSync, readSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { withoutFrames } from '../../model/stack-frames.ts';

/** One line of output and when it was seen, in milliseconds since the spawn. */
type OutputLine = { readonly stream: 'stdout' | 'stderr'; readonly atMs: number; readonly text: string };

const chunkBytes = 65_536;

/** More than this is kept on disk only. */
const keptBytes = 16_000_000;

export type OutputLog = ReturnType<typeof followOutput>;

/**
 * Follows the two files that a launch writes to. Files instead of pipes: an orphan that holds a pipe open would keep the
 * harness waiting (hazards HX-01), and what was written survives the harness.
 */
export function followOutput(folder: string) {
  const startMs = performance.now();
  /** To be opened by whoever spawns. */
  const files = { stdout: join(folder, 'stdout.log'), stderr: join(folder, 'stderr.log') };
  const streams = [{ name: 'stdout', ...follow(files.stdout) }, { name: 'stderr', ...follow(files.stderr) }] as const;
  const lines: OutputLine[] = [];
  /** Reads what was written since the last call. */
  const read = (): void => {
    const atMs = performance.now() - startMs;
    for (const { name, take } of streams) for (const line of take()) lines.push({ stream: name, atMs, text: line });
  };
  /** The lines in the order in which they were seen; `fromLine` leaves out those of an earlier moment, `only` those of the other stream. */
  const text = (fromLine = 0, only?: OutputLine['stream']): string => {
    read();
    const wanted = (stream: OutputLine['stream']): boolean => only === undefined || stream === only;
    const rest = streams.filter(({ name }) => wanted(name)).map(({ unfinished }) => unfinished()).filter((piece) => piece !== '');
    return [...lines.slice(fromLine).filter(({ stream }) => wanted(stream)).map((line) => line.text), ...rest].join('\n');
  };
  const unwatch = watched(folder, read);
  return {
    files, lines, read, text,
    /** The last lines, for an error message, without frames below one. */
    tail: (count = 12): string => withoutFrames(text().trimEnd().split('\n')).slice(-count).join('\n'),
    /** Stops following; the files stay. */
    close(): void {
      read();
      unwatch();
      for (const stream of streams) stream.close();
    },
  };
}

/** Between two looks where the system watches no more files for this user. */
const lookEveryMs = 50;

/** Calls `read` when something in the folder changes, until what it returns is called. */
function watched(folder: string, read: () => void): () => void {
  const look = (): () => void => {
    const timer = setInterval(read, lookEveryMs).unref();
    return () => clearInterval(timer);
  };
  try {
    const watcher = watch(folder, read).unref();
    let end = (): void => watcher.close();
    watcher.on('error', () => {
      watcher.close();
      end = look();
    });
    return () => end();
  } catch {
    return look();
  }
}

/** Gives the lines of a file as they are completed. */
function follow(file: string): { take(): string[]; unfinished(): string; close(): void } {
  writeFileSync(file, '');
  let fd: number | undefined = openSync(file, 'r');
  let [readBytes, unfinished] = [0, ''];
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.alloc(chunkBytes);
  return {
    take() {
      const complete: string[] = [];
      if (fd === undefined) return complete;
      while (readBytes < keptBytes) {
        const count = readSync(fd, buffer, 0, chunkBytes, null);
        if (count === 0) break;
        readBytes += count;
        const pieces = (unfinished + decoder.write(buffer.subarray(0, count))).split('\n');
        unfinished = pieces.pop() ?? '';
        complete.push(...pieces);
      }
      return complete;
    },
    unfinished: () => unfinished,
    close() {
      if (fd !== undefined) closeSync(fd);
      fd = undefined;
    },
  };
}

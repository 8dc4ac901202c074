import { styleText } from 'node:util';
import { clean, oneLine, withoutCommands } from '../model/text.ts';
import { cut } from '../model/width.ts';

/** Tells on stderr how far a run is: on a terminal one line that is written over, in a log a line a step; when quiet nothing. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #live: boolean;
  readonly #quiet: boolean;
  readonly #startMs = performance.now();
  #shown = false;

  constructor({ stream = process.stderr, quiet }: { stream?: NodeJS.WriteStream; quiet: boolean }) {
    this.#stream = stream;
    this.#quiet = quiet;
    this.#live = stream.isTTY && !quiet;
  }

  /** A step that stays to be read. */
  readonly say = (line: string): void => {
    if (this.#quiet) return;
    this.clear();
    this.#stream.write(`${this.#dim(this.#elapsed())} ${withoutCommands(clean(line))}\n`);
  };

  /** What is going on right now; shown on a terminal only. */
  show(line: string): void {
    if (!this.#live) return;
    const room = Math.max(20, (this.#stream.columns ?? 80) - 1);
    this.#stream.write(`\r\u001B[2K${cut(`${this.#elapsed()} ${oneLine(line)}`, room)}`);
    this.#shown = true;
  }

  /** Takes the live line away. */
  clear(): void {
    if (this.#shown) this.#stream.write('\r\u001B[2K');
    this.#shown = false;
  }

  #elapsed(): string {
    return `${((performance.now() - this.#startMs) / 1000).toFixed(0).padStart(4)} s`;
  }

  #dim(text: string): string {
    return styleText('dim', text, { stream: this.#stream });
  }
}

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finderOf } from './finder.ts';
import { searchAll, type Searched } from './search.ts';
import { fileSource } from './source.ts';

/** A third each of log lines, of a database's pages, mostly empty, and of what cannot be told from noise. */
function contents(): Buffer {
  const lines = Array.from({ length: 600_000 }, (_, n) => `{"ts":"2026-01-01T00:00:00.${n}","event":"tick","n":${n}}\n`);
  const log = Buffer.from(lines.join('')).subarray(0, 33_000_000);
  const pages = Buffer.alloc(33_000_000);
  for (let at = 0; at < pages.length; at += 4_096) randomBytes(1_000).copy(pages, at);
  return Buffer.concat([log, pages, randomBytes(34_000_000)]);
}

/** What a run may leave, in a file, and the search of it. */
export class HundredMegabytes implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'frostgate-bench-'));
  readonly #file = join(this.#folder, 'left');
  readonly #find = finderOf([1, 2, 3].map((index) => ({ name: `KEY_${index}`, value: randomBytes(20).toString('base64url') })));

  constructor() {
    writeFileSync(this.#file, contents());
  }

  search(): Promise<Searched> {
    return searchAll([fileSource('what was left', this.#file)], this.#find);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

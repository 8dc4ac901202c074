import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Launch } from '../system/launch/launch.ts';
import type { Evidence } from '../model/report.ts';

/** More of a file than this is cut in the middle: the report is read by people and uploaded by machines. */
const maximumCharacters = 400_000;

/** The files of one check below the report's evidence folder. */
export class EvidenceFolder {
  readonly files: Evidence[] = [];
  readonly #root: string;
  readonly #checkId: string;

  constructor(root: string, checkId: string) {
    this.#root = root;
    this.#checkId = checkId.replaceAll(/[^\w.-]/g, '_');
  }

  /** Writes one file; a name that was used before gets a number. */
  write(title: string, fileName: string, text: string): void {
    const folder = join(this.#root, this.#checkId);
    mkdirSync(folder, { recursive: true });
    const used = this.files.filter((file) => file.path.endsWith(fileName)).length;
    const name = used === 0 ? fileName : `${used + 1}-${fileName}`;
    const content = cut(text);
    writeFileSync(join(folder, name), content);
    this.files.push({ path: `evidence/${this.#checkId}/${name}`, sha256: createHash('sha256').update(content).digest('hex'), title });
  }

  /** Keeps what a launch printed, once. */
  keepOutput(launch: Launch): void {
    const name = `output-${launch.pid}.log`;
    if (this.files.some((file) => file.path.endsWith(name))) return;
    const lines = launch.output.lines.map((line) => `${(line.atMs / 1000).toFixed(3).padStart(8)} ${line.stream} ${line.text}`);
    this.write(`output of ${launch.command.variant} ${launch.pid}`, name, `${lines.join('\n')}\n`);
  }
}

function cut(text: string): string {
  if (text.length <= maximumCharacters) return text;
  const half = maximumCharacters / 2;
  return `${text.slice(0, half)}\n<${text.length - maximumCharacters} characters omitted>\n${text.slice(-half)}`;
}

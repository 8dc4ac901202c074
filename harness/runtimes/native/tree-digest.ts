import { createHash, hash } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import pLimit from 'p-limit';
import { BundleError } from './errors.ts';

/** A folder as it ships. */
export type TreeDigest = {
  /** Over the names, the kinds, the executable bits, the targets of links and the contents of all that is in it. */
  readonly sha256: string;
  /** Of the names and contents alone, as in-toto's `dirHash`. */
  readonly dirHash: string;
  readonly files: number;
  readonly sizeBytes: number;
};

type Entry = {
  readonly path: string;
  /** Of git: a file that is executable, one that is not, a link, a folder. */
  readonly mode: '100755' | '100644' | '120000' | '040000';
  readonly target?: string;
  readonly sizeBytes: number;
};

/** A bundle with every package of a scientific stack has some 20,000 files. */
const fileLimit = 100_000;

/** So many files are read at a time: hashing fills a core, reading does not. */
const atOnce = 8;

/** A larger one is read in pieces. */
const wholeBytes = 16_000_000;

/**
 * The digest of a folder. `sha256` is that of one line for each entry, in the order of the bytes of their paths: git's mode (of all
 * permissions only the executable bit survives an archive or a checkout), the sha256 of the content or of a link's target, and the path,
 * ended by a NUL. `dirHash` is Hash1 of https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash in hexadecimal digits, as in-toto's DigestSet
 * wants it.
 * @throws {BundleError} when something in it is neither file, folder nor link, or there is more than a release has.
 */
export async function digestOfTree(folder: string): Promise<TreeDigest> {
  const entries = entriesBelow(folder);
  const limit = pLimit(atOnce);
  const hashed = await Promise.all(entries.map(async (entry) => ({
    ...entry,
    sha256: entry.target === undefined ? await limit(() => sha256Of(join(folder, entry.path), entry)) : hash('sha256', entry.target),
  })));
  const files = hashed.filter(({ mode }) => mode !== '040000');
  const contents = files.filter(({ mode }) => mode !== '120000');
  return {
    sha256: hash('sha256', hashed.map(({ mode, sha256, path }) => `${mode} ${sha256}\t${path}\0`).join('')),
    dirHash: hash('sha256', contents.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('')),
    files: files.length,
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

/** Everything in a folder, in the order of the bytes of the paths. */
function entriesBelow(folder: string): Entry[] {
  const found: Entry[] = [];
  const waiting = [''];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const name of readdirSync(join(folder, parent))) {
      const path = parent === '' ? name : `${parent}/${name}`;
      found.push(entryOf(join(folder, path), path));
      if (found.at(-1)?.mode === '040000') waiting.push(path);
      if (found.length > fileLimit) throw new BundleError(`${folder}: holds more than ${fileLimit} files, which no release has`);
    }
  }
  return found.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

function entryOf(file: string, path: string): Entry {
  const stat = lstatSync(file);
  if (stat.isDirectory()) return { path, mode: '040000', target: '', sizeBytes: 0 };
  if (stat.isSymbolicLink()) return { path, mode: '120000', target: readlinkSync(file).split(sep).join('/'), sizeBytes: 0 };
  if (!stat.isFile()) throw new BundleError(`${file}: is neither a file, a folder nor a link, and cannot be shipped`);
  return { path, mode: (stat.mode & 0o100) === 0 ? '100644' : '100755', sizeBytes: stat.size };
}

async function sha256Of(file: string, { sizeBytes }: Entry): Promise<string> {
  if (sizeBytes <= wholeBytes) return hash('sha256', await readFile(file));
  const digest = createHash('sha256');
  for await (const piece of createReadStream(file, { highWaterMark: 1_048_576 })) digest.update(piece);
  return digest.digest('hex');
}

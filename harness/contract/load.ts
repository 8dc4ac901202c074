import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { messageOf, UsageError } from '../model/errors.ts';
import { explain, pathText } from './explain.ts';
import { withQueues } from './pointers.ts';
import { addRuleProblems } from './rules.ts';
import { contractSchema, type Contract } from './schema.ts';
import { unreadWarnings } from './unread.ts';
import { parseYaml, type Located } from './yaml-document.ts';

/** Far above any contract, far below what would hurt. */
const sizeLimitBytes = 1_000_000;
const problemLimit = 10;

/** Finding a line takes a walk through the document: worth it for these, not for every problem of a file that is no contract at all. */
const locatedLimit = 100;

/** A contract, the file as it was named, the file's SHA-256 (lower-case hex), and what its author should know of it. */
export type LoadedContract = {
  readonly contract: Contract; readonly file: string; readonly sha256: string; readonly warnings: readonly string[];
};

/** Reads and checks worker-contract.yaml. Throws a UsageError with one line for each problem, ten at most. */
export async function loadContract(file: string): Promise<LoadedContract> {
  const name = shownName(file);
  const bytes = await readContract(file, name);
  if (!isUtf8(bytes)) throw new UsageError(`${name}: is not UTF-8 text`);
  const { contract, written } = parseWritten(new TextDecoder().decode(bytes), name);
  return { contract, file, sha256: createHash('sha256').update(bytes).digest('hex'), warnings: unreadWarnings(written) };
}

/** Reads a contract from its text; `name` is the file's name in messages. Throws as loadContract does. */
export function parseContract(text: string, name: string): Contract {
  return parseWritten(text, name).contract;
}

/** The same with the document as it was written, without defaults. */
export function parseWritten(text: string, name: string): { readonly contract: Contract; readonly written: unknown } {
  const yaml = parseYaml(text);
  if (!('data' in yaml)) throw new UsageError(lines(name, yaml, yaml.length));
  if (yaml.data === null) throw new UsageError(`${name}: is empty; it must say what the worker promises`);
  const parsed = contractSchema.superRefine(addRuleProblems).safeParse(yaml.data);
  if (parsed.success) return { contract: withQueues(parsed.data), written: yaml.data };
  const { issues } = parsed.error;
  const problems = issues.slice(0, locatedLimit).flatMap((issue) => explain(issue, yaml.data));
  const located = problems
    .slice(0, locatedLimit)
    .map(({ path, message }) => ({ line: yaml.lineOf(path), message: path.length === 0 ? message : `${pathText(path)}: ${message}` }))
    .toSorted((a, b) => a.line - b.line);
  throw new UsageError(lines(name, located, problems.length + Math.max(0, issues.length - locatedLimit)));
}

async function readContract(file: string, name: string): Promise<Buffer> {
  const failed = (cause: NodeJS.ErrnoException): never => {
    throw new UsageError(cause.code === 'ENOENT' ? `${name}: no such file` : `${name}: cannot be read: ${messageOf(cause)}`, { cause });
  };
  const found = await stat(file).catch(failed);
  if (found.isDirectory()) throw new UsageError(`${name}: is a directory; name the worker-contract.yaml in it`);
  if (!found.isFile()) throw new UsageError(`${name}: is not a regular file`);
  if (found.size > sizeLimitBytes) throw new UsageError(`${name}: is larger than 1 MB; a contract has a few kilobytes`);
  return await readFile(file).catch(failed);
}

function lines(name: string, problems: readonly Located[], count: number): string {
  const shown = problems.slice(0, problemLimit).map(({ line, message }) => `${line === undefined ? name : `${name}:${line}`}: ${message}`);
  const more = count - shown.length;
  return [...shown, ...(more > 0 ? [`${name}: and ${more} more`] : [])].join('\n');
}

/** Relative where it lies below the working directory: a path that climbs out of it helps nobody. */
function shownName(file: string): string {
  const below = relative(process.cwd(), file);
  return below !== '' && !below.startsWith('..') ? below : file;
}

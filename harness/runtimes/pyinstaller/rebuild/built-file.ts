import { closeSync, existsSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { NotTried } from '../../../model/not-tried.ts';

const record = z.object({ analysed: z.number(), outputs: z.array(z.object({ kind: z.enum(['EXE', 'COLLECT']), name: z.string() })) });

/** What a changed spec wrote down of its own run; undefined where it was not run to its end. */
export function readRecord(file: string): z.infer<typeof record> | undefined {
  return existsSync(file) ? record.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/** Programs, with when they were written, in milliseconds. */
export type Programs = ReadonlyMap<string, number>;

/** The native programs in a folder; libraries are none, nor what lies in an environment. */
export function programsIn(folder: string): Programs {
  return new Map(executables(folder).map((path) => join(folder, path)).map((file) => [file, statSync(file).mtimeMs]));
}

/**
 * The executable that a build made: what the spec calls it, by `EXE` and `COLLECT`, else what is new in the folder and can be executed;
 * `before` is what was there already. `name` is what the executable that was verified is called.
 * @throws {NotTried} when there is none, or several and none has that name.
 */
export function builtFile({ folder, name, told, before }: {
  readonly folder: string; readonly name: string; readonly told: z.infer<typeof record> | undefined; readonly before: Programs;
}): string {
  const saidBySpec = (told?.outputs ?? []).flatMap(({ kind, name: path }) => (
    kind === 'EXE' ? [path] : programs(told).map((program) => join(path, program))
  )).filter((file) => existsSync(file) && statSync(file).isFile() && !isInWorkFolder(file, told));
  const written = saidBySpec.length > 0 ? saidBySpec : [...programsIn(folder)].filter(
    ([path, changedMs]) => before.get(path) !== changedMs,
  ).map(([path]) => path);
  const ofThatName = written.filter((file) => basename(file) === name);
  const [chosen, ...others] = ofThatName.length > 0 ? outsideBuild(ofThatName, folder) : outsideBuild(written, folder);
  if (chosen !== undefined && (others.length === 0 || ofThatName.length > 0)) return chosen;
  const names = [...new Set(written.map((file) => basename(file)))].slice(0, 5).join(', ');
  throw new NotTried(`the build makes ${written.length === 0 ? 'no executable' : `${names}, and none is called ${name}`}`);
}

function programs(told: z.infer<typeof record> | undefined): string[] {
  return (told?.outputs ?? []).flatMap(({ kind, name }) => (kind === 'EXE' ? [basename(name)] : []));
}

/** One-dir: what EXE makes is only a part of what COLLECT puts together. */
function isInWorkFolder(file: string, told: z.infer<typeof record> | undefined): boolean {
  const collected = (told?.outputs ?? []).filter(({ kind }) => kind === 'COLLECT');
  return collected.length > 0 && !collected.some(({ name }) => file.startsWith(name + sep));
}

/** PyInstaller's own work folder holds halves of one-dir executables. */
function outsideBuild(files: readonly string[], folder: string): string[] {
  const outside = files.filter((file) => relative(folder, file).split(sep)[0] !== 'build');
  return (outside.length > 0 ? outside : [...files]).toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

function executables(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    if (entry.isDirectory()) {
      const skipped = entry.name === '_internal' || entry.name === 'node_modules' || existsSync(join(folder, path, 'pyvenv.cfg'));
      return skipped ? [] : executables(folder, path);
    }
    return entry.isFile() && isProgram(join(folder, path)) ? [path] : [];
  });
}

function isProgram(file: string): boolean {
  if (/\.(?:so|dylib|dll|pyd)(?:\.|$)/.test(file)) return false;
  if (process.platform === 'win32') return file.endsWith('.exe');
  if ((statSync(file).mode & 0o111) === 0) return false;
  const head = Buffer.alloc(4);
  const opened = openSync(file, 'r');
  readSync(opened, head, 0, 4, 0);
  closeSync(opened);
  // ELF; Mach-O of one and of several architectures.
  return ['7f454c46', 'cffaedfe', 'cafebabe'].includes(head.toString('hex'));
}

import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runPython, type Baseline } from '../../../baselines/baseline.ts';
import { UsageError } from '../../../model/errors.ts';
import { CannotHelp } from '../../../model/not-tried.ts';
import { addition, edits, isInEntry, type Edit, type SpecChange } from '../hazards/edits.ts';
import { copiesFolder, hookFile } from '../hazards/in-form.ts';
import { byArgument, entryText, isListed } from '../hazards/in-words.ts';
import { cannotBeMade } from './changed-spec.ts';

const told = z.object({ files: z.record(z.string(), z.string()), whole: z.boolean(), patch: z.string() });

/** A change in the project's own texts. */
export type Edited = {
  /** The new text of each file, by its path in the project. */
  readonly files: Readonly<Record<string, string>>;
  /** Whether nothing is left to be done: a spec that computes what it gives to Analysis(…) cannot always be changed in its text. */
  readonly whole: boolean;
  /** As `git apply` takes it in the project's folder. */
  readonly patch: string;
};

/** What is changed: a project, and which of its files tell the build. */
export type Editable = {
  readonly baseline: Pick<Baseline, 'directory' | 'python' | 'manager' | 'entry'>;
  readonly environment: string;
  readonly spec: string | undefined;
  /** What is written elsewhere, by its path. */
  readonly also?: Readonly<Record<string, string>>;
};

/**
 * What a change makes of the project's spec file and entry script, as a person would write it. Nothing is written.
 * @throws {CannotHelp} where the change is there already, or a file that it needs is not.
 */
export async function editedSources(change: SpecChange, { baseline, environment, spec, also = {} }: Editable): Promise<Edited> {
  const program = fileURLToPath(new URL('./edit_sources.py', import.meta.url));
  const listed = change.filter(isListed);
  const given = {
    project: baseline.directory,
    spec: spec ?? null,
    entry: change.find(isInEntry)?.to ?? baseline.entry,
    edits: change.map((edit) => (isInEntry(edit) ? { ...edit, text: entryText(edit) } : edit)),
    additions: Object.fromEntries(byArgument(listed).map(([argument, list]) => [argument, additionsOf(list)])),
    hooks: change.flatMap(({ kind }) => edits[kind].hook ?? []),
    new: Object.fromEntries(change.flatMap((edit) => newFile(edit, environment))),
    also,
    refusal: cannotBeMade,
  };
  const result = told.safeParse(JSON.parse(await runPython(baseline, [program], { input: JSON.stringify(given) })));
  if (result.success) return result.data;
  throw new UsageError(`${baseline.directory}: its sources cannot be changed`);
}

/** Writes them into a copy of the project. */
export function writeInto(copy: string, files: Edited['files']): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
}

function additionsOf(list: readonly Edit[]): { readonly items: string[]; readonly calls: string[] } {
  const added = list.map(addition);
  return {
    items: added.flatMap((one) => ('item' in one ? [one.item] : [])),
    calls: [...new Set(added.flatMap((one) => ('call' in one ? [one.call] : [])))],
  };
}

/** The file beside the spec that an edit needs. */
function newFile({ kind, name }: Edit, environment: string): [path: string, text: string][] {
  if (kind === 'runtime-hook') return [[hookFile, `${name}\n`]];
  if (kind !== 'module-copy') return [];
  const [file] = globSync([`lib/python*/site-packages/${name}.py`, `Lib/site-packages/${name}.py`], { cwd: environment });
  if (file === undefined || !existsSync(join(environment, file))) throw new CannotHelp(`the build environment has no file ${name}.py`);
  return [[`${copiesFolder}/${name}.py`, readFileSync(join(environment, file), 'utf8')]];
}

import type { FrozenBundle, Module } from '../../bundle.ts';
import { isProjectScript } from '../compare/hints/mentions.ts';
import { eachModuleCode } from '../module-code.ts';
import { readEntry } from '../read-entry.ts';
import names from './python-names.json' with { type: 'json' };

/** A package that code of the executable names and did not name in the last release, and what of the code does. */
export type NewlyNamed = { readonly package: string; readonly by: readonly string[] };

const standardLibrary: ReadonlySet<string> = new Set(names.standardLibrary);

/** Whoever imports is named; of more a reader learns nothing. */
const mostNames = 3;

/**
 * The packages that scripts and modules name since the last release, read from the strings of their code: what is imported stands there,
 * whatever else may. It is a sign, no proof. A module counts as changed when its stored code has another length.
 */
export async function newlyNamed(now: FrozenBundle, last: FrozenBundle): Promise<NewlyNamed[]> {
  const held = new Set(now.modules.map(({ name }) => topOf(name)).filter((top) => !standardLibrary.has(top)));
  const isBoth = changedModules(now, last);
  const [codeNow, codeLast] = [await codeOf(now, isBoth), await codeOf(last, isBoth)];
  const scriptsBefore = namedIn(codeLast.scripts.map(({ code }) => code), held);
  const found = new Map<string, string[]>();
  const note = (by: string, code: Buffer, before: ReadonlySet<string>): void => {
    for (const name of namedIn([code], held)) {
      if (!before.has(name) && name !== topOf(by)) found.set(name, [...(found.get(name) ?? []), by]);
    }
  };
  // A release may call its entry script otherwise.
  for (const { name, code } of codeNow.scripts) note(name, code, scriptsBefore);
  for (const [name, code] of codeNow.modules) {
    const before = codeLast.modules.get(name);
    note(name, code, namedIn(before === undefined ? [] : [before], held));
  }
  return [...found].map(([name, by]) => ({ package: name, by: by.toSorted().slice(0, mostNames) }))
    .toSorted((a, b) => a.package.localeCompare(b.package, 'en'));
}

const topOf = (module: string): string => module.split('.', 1)[0] ?? '';

type Code = {
  readonly scripts: readonly { readonly name: string; readonly code: Buffer }[];
  readonly modules: ReadonlyMap<string, Buffer>;
};

async function codeOf(bundle: FrozenBundle, wanted: (module: Module) => boolean): Promise<Code> {
  const modules = new Map<string, Buffer>();
  await eachModuleCode(bundle, (found) => void ('code' in found && modules.set(found.module.name, found.code)), wanted);
  const scripts = bundle.entries.filter((entry) => isProjectScript(bundle, entry));
  const read = scripts.map(async (entry) => ({ name: entry.name, code: await readEntry(bundle, entry) }));
  return { scripts: await Promise.all(read), modules };
}

const sizesOf = ({ modules }: FrozenBundle): Map<string, number> => new Map(modules.map(({ name, storedBytes }) => [name, storedBytes]));

/** Modules of packages that both hold, of which the code is another: what is new as a whole is told by its size. */
function changedModules(now: FrozenBundle, last: FrozenBundle): (module: Module) => boolean {
  const [own, before, packages] = [sizesOf(now), sizesOf(last), new Set(last.modules.map(({ name }) => topOf(name)))];
  return ({ name }) => packages.has(topOf(name)) && own.get(name) !== before.get(name);
}

// CPython, Python/marshal.c: a short ASCII string is one of these bytes, with or without its high bit, then a length, then text.
const shortStrings: ReadonlySet<number> = new Set(['z', 'Z'].flatMap((type) => [type.charCodeAt(0), type.charCodeAt(0) | 0x80]));

/** The held packages whose name, or a dotted name in them, is a string of the code. */
function namedIn(codes: readonly Buffer[], held: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  for (const code of codes) {
    for (let at = 0; at + 2 < code.length; at += 1) {
      if (!shortStrings.has(code[at] ?? 0)) continue;
      const text = code.toString('latin1', at + 2, at + 2 + (code[at + 1] ?? 0));
      if (held.has(topOf(text)) && /^[\w.]+$/.test(text)) found.add(topOf(text));
    }
  }
  return found;
}

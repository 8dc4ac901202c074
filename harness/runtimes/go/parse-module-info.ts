import { Malformed } from '../native/errors.ts';

/** A module as Go names it; the version is "(devel)" where it was built from a folder that no tag names. */
export type GoModule = {
  readonly path: string;
  readonly version: string;
  /** As go.sum has it; absent for what was built from a folder. */
  readonly sum?: string;
  readonly replacedBy?: GoModule;
};

/** What a program was built from; all of it is absent or empty where Go built it without modules. */
export type ModuleInfo = {
  /** The main package, for example "example.com/worker/cmd/serve". */
  readonly path?: string;
  readonly main?: GoModule;
  readonly dependencies: readonly GoModule[];
  /** In Go's order, for example ["CGO_ENABLED", "0"] and ["vcs.modified", "true"]. */
  readonly settings: readonly (readonly [name: string, value: string])[];
};

/** Reads what Go's runtime/debug.BuildInfo writes. Throws Malformed for lines that it does not write. */
export function parseModuleInfo(text: string): ModuleInfo {
  let path: string | undefined;
  const modules: [kind: string, module: GoModule][] = [];
  const settings: [string, string][] = [];
  for (const line of text.split('\n')) {
    const [kind = '', ...columns] = line.split('\t');
    if (kind === 'path') path = columns.join('\t');
    if (kind === 'build') settings.push(settingOf(columns.join('\t')));
    if (kind === 'mod' || kind === 'dep') modules.push([kind, moduleOf(columns)]);
    if (kind !== '=>') continue;
    const last = modules.at(-1);
    if (last === undefined) throw new Malformed('the Go build info replaces a module that it does not name');
    last[1] = { ...last[1], replacedBy: moduleOf(columns) };
  }
  const named = (wanted: string) => modules.filter(([kind]) => kind === wanted).map(([, module]) => module);
  const main = named('mod').at(-1);
  return { ...(path !== undefined && { path }), ...(main && { main }), dependencies: named('dep'), settings };
}

function moduleOf([path = '', version, sum = '', ...rest]: readonly string[]): GoModule {
  if (version === undefined || rest.length > 0) throw new Malformed('a module in the Go build info has not two or three columns');
  return { path, version, ...(sum !== '' && { sum }) };
}

/** `name=value`, each quoted where it needs to be. */
function settingOf(text: string): [string, string] {
  const found = /^("(?:[^"\\]|\\.)*"|`[^`]*`|[^=\s"`]+)=("(?:[^"\\]|\\.)*"|`[^`]*`|[^\s"`]*)$/.exec(text);
  if (found === null) throw new Malformed('a setting in the Go build info is no name and value');
  return [unquoted(found[1] ?? ''), unquoted(found[2] ?? '')];
}

const letters: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Go's strconv.Unquote, for what strconv.Quote writes. */
function unquoted(text: string): string {
  if (!text.startsWith('"')) return text.startsWith('`') ? text.slice(1, -1) : text;
  return text.slice(1, -1).replaceAll(/\\(x..|u.{4}|U.{8}|.)/g, (_, escape: string) => (escape.length === 1
    ? (letters[escape] ?? escape)
    : String.fromCodePoint(Math.min(Number.parseInt(escape.slice(1), 16) || 0xfffd, 0x10ffff))));
}

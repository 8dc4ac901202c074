import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { everywhere, type Knob } from '../knobs.ts';
import { roleOf } from '../roles.ts';

/** Larger ones are made by programs. */
const largestBytes = 500_000;
const mostFiles = 2_000;
const notOwn = /(?:^|[\\/])(?:node_modules|vendor|dist|build|\.[^\\/]+)$/;
const isTest = /(?:_test\.go|\.(?:test|spec)\.[cm]?[jt]sx?)$/;

/** Names of variables in quotes, or as properties of process.env; a text that stands behind one is its default. */
const word = '[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+';
const forms = [
  new RegExp(`["'\`](?<name>${word})["'\`](?:\\]?\\s*(?:,|\\?\\?|\\|\\|)\\s*["'\`](?<preset>[^"'\`\\n]{0,100})["'\`])?`, 'g'),
  new RegExp(`\\benv\\.(?<name>${word})\\b(?:\\s*(?:\\?\\?|\\|\\|)\\s*["'\`](?<preset>[^"'\`\\n]{0,100})["'\`])?`, 'g'),
];
/** Go's flag package and its like: flags.String("task-queue", "orders", …). */
const call = '\\bflag\\w*\\.(?:String|Int|Bool|Duration)(?:Var)?\\(';
const goFlag = new RegExp(`${call}(?:&[\\w.]+,\\s*)?"(?<name>[a-z][\\w-]*)",\\s*"?(?<preset>[^",\\n]{0,100})"?,`, 'gi');

/** The variables and flags that a project's source names, with the defaults beside them. Nothing of it is run. */
export function namesIn(directory: string): Knob[] {
  const all = globSync('**/*.{go,ts,mts,cts,js,mjs,cjs}', { cwd: directory, exclude: (path) => notOwn.test(path) });
  const files = all.filter((file) => !isTest.test(file)).slice(0, mostFiles);
  const found = new Map<string, string | undefined>();
  for (const file of files.filter((each) => statSync(join(directory, each)).size <= largestBytes)) {
    const text = readFileSync(join(directory, file), 'utf8');
    for (const form of forms) for (const { groups } of text.matchAll(form)) note(found, groups?.['name'], groups?.['preset']);
    if (!file.endsWith('.go')) continue;
    for (const { groups } of text.matchAll(goFlag)) note(found, `--${groups?.['name']}`, groups?.['preset']);
  }
  return [...found].filter(([each]) => !everywhere.test(each) && !/^--(?:version|help)$/.test(each)).map(([each, preset]): Knob => (
    { name: each, required: false, secret: roleOf({ name: each }) === 'secret', ...(preset && { default: preset }) }
  ));
}

function note(found: Map<string, string | undefined>, each: string | undefined, preset: string | undefined): void {
  if (each !== undefined) found.set(each, found.get(each) ?? preset);
}

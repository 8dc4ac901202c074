import { everywhere, knobNamed, type Knob } from './knobs.ts';
import type { SourceFile } from './source-files.ts';

const word = '[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+';
const preset = '["\'`](?<preset>[^"\'`\\n]{0,100})["\'`]';
/** Names in quotes, or as properties of process.env; a text that stands behind one is its default. */
const quoted = new RegExp(`["'\`](?<name>${word})["'\`](?:\\]?\\s*(?:,|\\?\\?|\\|\\|)\\s*${preset})?`, 'g');
const ofNode = new RegExp(
  `\\benv(?:\\.|\\[["'])(?<name>[A-Z][A-Z0-9_]+)\\b(?:["']\\])?(?:\\s*(?:\\?\\?|\\|\\|)\\s*${preset})?`, 'g',
);
const ofGo = /\b(?:Getenv|LookupEnv)\("(?<name>[A-Z][A-Z0-9_]+)"\)/g;
/** os.environ["X"], os.environ.get("X", "default"), os.getenv("X", "default"), os.environ.get("X") or "default". */
const asked = `(?:environ(?:\\.get)?|getenv)\\s*[\\[(]\\s*["'](?<name>[A-Z][A-Z0-9_]+)["']`;
const ofPython = new RegExp(`${asked}(?:(?:\\s*,|\\s*\\)\\s+or\\b)\\s*${preset})?`, 'g');
/** Go's flag package and its like: flags.String("task-queue", "orders", …). */
const call = '\\bflag\\w*\\.(?:String|Int|Bool|Duration)(?:Var)?\\(';
const goFlag = new RegExp(`${call}(?:&[\\w.]+,\\s*)?"(?<name>[a-z][\\w-]*)",\\s*"?(?<preset>[^",\\n]{0,100})"?,`, 'gi');

/** By the ending of a file, the forms in which it names variables. */
const forms = (file: string): readonly RegExp[] => (
  file.endsWith('.py') ? [ofPython] : file.endsWith('.go') ? [quoted, ofGo] : [quoted, ofNode]);

/**
 * The variables and flags that a project's source names, with the defaults beside them. Nothing of it is run. In Python a name stands only
 * where it is asked for: with another default at another place, or with none, nobody knows which of them the worker is.
 */
export function namesIn(files: readonly SourceFile[]): Knob[] {
  const found = files.flatMap(({ file, text }) => [
    ...forms(file).flatMap((form) => [...text.matchAll(form)].map(({ groups }) => (
      { file, name: groups?.['name'], preset: groups?.['preset'] }))),
    ...(file.endsWith('.go') ? [...text.matchAll(goFlag)] : []).map(({ groups }) => (
      { file, name: `--${groups?.['name']}`, preset: groups?.['preset'] })),
  ]);
  return [...Map.groupBy(found, ({ name }) => name ?? '')]
    .filter(([each]) => each !== '' && !everywhere.test(each) && !/^--(?:version|help)$/.test(each))
    .map(([each, places]) => knobNamed(each, presetOf(places)));
}

function presetOf(places: readonly { readonly file: string; readonly preset: string | undefined }[]): string | undefined {
  const [first] = places;
  if (first?.file.endsWith('.py')) return places.every(({ preset: other }) => other === first.preset) ? first.preset : undefined;
  return places.find(({ preset: other }) => other !== undefined)?.preset;
}

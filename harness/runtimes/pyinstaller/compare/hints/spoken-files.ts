import { posix } from 'node:path';
import type { Observation } from '../../../../model/observation.ts';
import type { FrozenBundle } from '../../../bundle.ts';
import { functionsOf } from '../../code/functions.ts';
import { isReadable } from '../../code/opcodes.ts';
import { codeOf, type Coded } from '../../code/started-code.ts';
import { atMost, plainName } from '../told.ts';
import type { Mentions } from './mentions.ts';

const shown = 5;

/** What data beside code is called. */
const suffixes = [
  'bin', 'cfg', 'csv', 'db', 'graphql', 'html?', 'ini', 'j2', 'jinja2?', 'jsonl?', 'md', 'mo', 'onnx', 'pem', 'pkl', 'prompt', 'proto',
  'sql', 'sqlite3?', 'tmpl', 'toml', 'txt', 'wasm', 'xml', 'ya?ml',
];
const dataFile = new RegExp(`^(?:[\\w.-]+/)*[\\w-][\\w.-]*\\.(?:${suffixes.join('|')})$`, 'i');

const dataName = new RegExp(`\\.(?:${suffixes.join('|')})`, 'i');

/** What says that a path begins where the code lies. */
const places = ['__file__', 'files', 'read_text', 'open_text', 'get_data'];

/** They speak of files of other distributions, and of those that packaging makes. */
const isOfPackaging = new RegExp(`^(?:${[
  'PyInstaller', String.raw`_?distutils\w*`, 'importlib', 'importlib_metadata', 'importlib_resources', 'pip', 'pkg_resources', 'setuptools',
  'wheel',
].join('|')})(?:[.]|$)`);

/**
 * Files that modules speak of beside their own place, where the bundle has no file of that name: first those of the program's own packages,
 * which define workflows. A sign, no proof: what a program writes itself is spoken of in the same way, and much of a library is never run.
 * @throws what the file system throws, and {BundleError} when the file changed.
 */
export async function spokenFiles(bundle: FrozenBundle, { workflows }: Mentions): Promise<Observation[]> {
  if (!isReadable(bundle.bytecodeMagic)) return [];
  const own = new Set(workflows.map((name) => topOf(name)));
  const held = new Set(bundle.entries.map(({ name }) => posix.basename(name)));
  const modules = await codeOf(bundle, (name) => !isOfPackaging.test(name), maySpeak);
  const missing = modules.flatMap((module) => filesIn(module).filter((file) => !held.has(posix.basename(file))).map(
    (file) => ({ module: plainName(module.name), file: plainName(file), isOwn: own.has(topOf(module.name)) }),
  ));
  return atMost(shown, missing.toSorted((one, other) => Number(other.isOwn) - Number(one.isOwn)).map(({ module, file }): Observation => ({
    kind: 'spoken-file', args: { module, file }, names: [`file:${file}`],
    line: `the code of ${module} names ${file} and its own place, and no file of that name is inside`,
  })));
}

const topOf = (name: string): string | undefined => name.split('.')[0];

/** Whether the bytes of a module have a place and the name of data in them: few have both, and the others need not be understood. */
function maySpeak(code: Buffer): boolean {
  const text = code.toString('latin1');
  return places.some((place) => text.includes(place)) && dataName.test(text);
}

/** What a module has in it that writes: what it speaks of may be what it makes itself. */
const writing = ['write_text', 'write_bytes', 'mkdir', 'makedirs', 'touch', 'shelve', 'sqlite3'];
const modes = /^[wax]b?\+?$/;

/** The names of data files in a module that asks where it lies and writes none. */
function filesIn({ code }: Coded): readonly string[] {
  const functions = [...functionsOf(code)];
  const texts = functions.flatMap((each) => each.texts);
  const names = new Set(functions.flatMap((each) => [...each.names]));
  const writes = writing.some((name) => names.has(name)) || texts.some((text) => modes.test(text));
  if (writes || !places.some((place) => names.has(place))) return [];
  return [...new Set(texts.filter((text) => text.length < 120 && dataFile.test(text)))];
}

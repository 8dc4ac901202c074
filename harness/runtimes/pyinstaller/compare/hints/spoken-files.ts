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

/** What says that a path begins where the code lies. */
const places = ['__file__', 'files', 'read_text', 'open_text', 'get_data'];

/**
 * Files that modules of the program's own packages, those that define workflows, speak of beside their own place, where the bundle has no
 * file of that name. A sign, no proof: what a program writes itself is spoken of in the same way. @throws what the file system throws.
 */
export async function spokenFiles(bundle: FrozenBundle, { workflows }: Mentions): Promise<Observation[]> {
  if (!isReadable(bundle.bytecodeMagic)) return [];
  const tops = new Set(workflows.map((name) => name.split('.')[0]));
  const own = new Set(bundle.modules.map(({ name }) => name).filter((name) => tops.has(name.split('.')[0])));
  const held = new Set(bundle.entries.map(({ name }) => posix.basename(name)));
  const missing = (await codeOf(bundle, own)).flatMap((module) => filesIn(module).filter((file) => !held.has(posix.basename(file))).map(
    (file) => ({ module: plainName(module.name), file: plainName(file) }),
  ));
  return atMost(shown, missing.map(({ module, file }): Observation => ({
    kind: 'spoken-file', args: { module, file }, names: [`file:${file}`],
    line: `the code of ${module} names ${file} and its own place, and no file of that name is inside`,
  })));
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

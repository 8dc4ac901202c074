import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import getPort from 'get-port';
import type { Room } from '../system/launch/room.ts';
import type { Knob } from './knobs.ts';

/** A configuration file that a worker needs: its name in the working directory, and what a contract has as its text. */
export type ConfigFile = { readonly name: string; readonly text: string };

/** More than anybody writes by hand. */
const largestBytes = 20_000;
const marks = /(?:^(?:example|sample)[._-]|[._-](?:example|sample|dist|template)(?=\.|$))/;
const isConfig = /\.(?:ya?ml|toml|json|ini|cfg|conf|env)$|^\.env$/;

/** How an example is called that has become the file itself. */
const plain = (file: string): string => file.replace(marks, '');

/** Temporal's usual address in a text, whichever host stands for this machine. */
const usualAddress = /(?:localhost|127\.0\.0\.1|0\.0\.0\.0|temporal):7233\b/g;

/**
 * The file of this name in a project, or an example of it; where no name is known, the only example of a configuration file. In its text
 * the usual address of Temporal is a placeholder. Undefined where there is none, or several.
 */
export function exampleIn(directory: string, wanted?: string): ConfigFile | undefined {
  const files = readdirSync(directory).filter((file) => statSync(join(directory, file)).isFile());
  const examples = files.filter((file) => marks.test(file) && isConfig.test(plain(file)));
  const found = wanted === undefined ? examples : [wanted, ...examples.filter((file) => plain(file) === basename(wanted))]
    .filter((file) => existsSync(join(directory, file)) && statSync(join(directory, file)).isFile());
  const [first] = found;
  if (first === undefined || (wanted === undefined && found.length > 1)) return undefined;
  if (statSync(join(directory, first)).size > largestBytes) return undefined;
  return {
    name: wanted ?? plain(first), text: readFileSync(join(directory, first), 'utf8').replaceAll(usualAddress, '{temporal.address}'),
  };
}

/** Whether a flag or variable takes the path of such a file, by its name, its type or its help. */
export function takesFile({ name, help }: Pick<Knob, 'name' | 'help'>, kind?: string): boolean {
  return /(?:^|[-_])(?:config|settings)(?:[-_](?:file|path))?$/i.test(name) || /^(?:path|file(?:name)?|filetype)$/i.test(kind ?? '')
    || /\b(?:ya?ml|toml|json|ini|configuration) file\b/i.test(help ?? '');
}

/** A file that the last lines of a program say is not there, in its working directory. */
export function missingIn(said: readonly string[], cwd: string): string | undefined {
  const forms = [
    /No such file or directory: ['"]([^'"]+)['"]/, /ENOENT: no such file or directory, open '([^']+)'/,
    /open ([^\s:]+): no such file or directory/,
  ];
  const path = said.flatMap((line) => forms.flatMap((form) => form.exec(line)?.[1] ?? [])).at(-1);
  const name = path?.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path?.replace(/^\.\//, '');
  return name === undefined || /^(?:[/~]|[A-Za-z]:)|(?:^|\/)\.\.(?:\/|$)/.test(name) ? undefined : name;
}

/** Writes the files into a room with values for their placeholders, and gives the paths for `{file.NAME}` in a text. */
export function placeFiles(
  room: Room, files: ReadonlyMap<string, string>, values: Readonly<Record<string, string>>,
): (text: string) => string {
  const filled = (text: string): string => text.replaceAll(/\{(?:temporal|queue|file|port)\.([\w./-]+)\}/g, (whole, name: string) => (
    files.has(name) && whole.startsWith('{file.') ? join(room.cwd, name) : values[whole] ?? whole
  ));
  for (const [name, text] of files) {
    mkdirSync(dirname(join(room.cwd, name)), { recursive: true });
    writeFileSync(join(room.cwd, name), filled(text));
  }
  return filled;
}

/** Free ports for the placeholders of ports in these files. */
export async function portPlaces(files: ReadonlyMap<string, string>): Promise<Record<string, string>> {
  const names = new Set([...files.values()].flatMap((text) => [...text.matchAll(/\{port\.\w+\}/g)].map(([name]) => name)));
  return Object.fromEntries(await Promise.all([...names].map(async (name) => [name, `${await getPort()}`] as const)));
}

/** The ports of this machine that a text has, where a program was seen to listen, by the placeholder that can stand for each. */
export function portsIn(text: string, listens: readonly string[]): { place: string; placed: string; name: string }[] {
  return listens.flatMap((place) => {
    const line = text.split('\n').find((each) => each.includes(place) && !/^\s*[#;]/.test(each));
    const key = /([A-Za-z]\w*)["']?\s*[:=]/.exec(line ?? '')?.[1];
    const name = `{port.${key}}`;
    return key === undefined ? [] : [{ place, placed: place.replace(/\d+$/, name), name }];
  });
}

/** The text with a placeholder where this value stands alone behind a key. */
export function withPlaceholder(text: string, value: string, placeholder: string): string {
  const literal = value.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  return text.replace(new RegExp(`([:=][ \\t]*["']?)${literal}(?=["']?,?[ \\t]*(?:[#;].*)?$)`, 'm'), `$1${placeholder}`);
}

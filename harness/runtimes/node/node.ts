import type { ByteSource } from '../native/byte-source.ts';
import * as elf from '../native/elf.ts';
import { orDamage } from '../native/errors.ts';
import { fieldsOf } from '../native/fields.ts';
import { readOpaque } from '../native/native.ts';
import { pyInstaller } from '../pyinstaller/pyinstaller.ts';
import type { Runtime } from '../runtime.ts';

/** Applications in Node's own executable (SEA), whose files lie beside it. In ELF files a note tells; elsewhere nothing short does. */
export const node = {
  id: 'node',
  identify: async ({ source, executable }) => {
    if (executable.format !== 'ELF') return undefined;
    return (await orDamage(() => hasApplication(source))).value === true ? { freezer: 'Node single-executable application' } : undefined;
  },
  open: async (opened) => ({ bundle: await readOpaque(opened) }),
  hazards: async () => {
    const [known, { signatures }] = await Promise.all([pyInstaller.hazards(), import('./hazards/hazards.ts')]);
    return { ...known, signatures };
  },
  words: {
    name: 'Node', version: 'let the bundler put the version of package.json in (define), which does not lie beside the executable',
    itself: 'a script that is started as if the worker were node (process.execPath and fork() start the worker, whatever the first ' +
      'argument says): run it in a worker thread, or branch on an argument before anything else',
    smaller: 'bundle and minify the script, and ship the native add-on of this platform alone',
  },
} as const satisfies Runtime;

// System V ABI, chapter 5, "Note Section": lengths of name and contents, a type, the name and its NUL. What postject injects is one.
const noteSegment = 4;
const [owner, headBytes] = ['NODE_SEA_BLOB', 12];

/** An executable has a handful; more is not looked at. */
const most = 64;

/** @throws {Malformed} when the headers are cut off or make no sense. */
async function hasApplication(source: ByteSource): Promise<boolean> {
  const header = await elf.readElfHeader(source);
  if (header === undefined) return false;
  const segments = (await elf.readSegments(source, header)).filter(({ type }) => type === noteSegment);
  for (const { offset, sizeBytes } of segments.slice(0, most)) {
    let at = offset;
    for (let notes = 0; notes < most && at + headBytes <= offset + sizeBytes; notes += 1) {
      const bytes = await source.read(at, headBytes + owner.length + 1);
      if (bytes.length < headBytes) break;
      const head = fieldsOf(bytes, header.order, 'a note');
      if (head.u32(0) === owner.length + 1 && bytes.toString('latin1', headBytes, headBytes + owner.length) === owner) return true;
      at += headBytes + padded(head.u32(0)) + padded(head.u32(4));
    }
  }
  return false;
}

const padded = (bytes: number): number => Math.ceil(bytes / 4) * 4;

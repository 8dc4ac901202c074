import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { Entry, FrozenBundle, Module, Script } from '../../bundle.ts';
import { runPython } from '../bundles.testing.ts';
import { bundleOf } from './bundle.testing.ts';

type Files = Readonly<Record<string, string | Buffer>>;

/** A bundle on disk with these data files, modules of this marshalled code, and scripts. */
export async function writtenBundle(
  folder: string, files: Files, code: Files = {}, scripts: readonly (Script & { readonly code: Buffer })[] = [],
): Promise<FrozenBundle> {
  const archiveFile = join(folder, 'app');
  const parts: Buffer[] = [];
  const place = (bytes: Buffer): number => parts.reduce((sum, part) => sum + part.length, 0) * Math.min(1, parts.push(bytes));
  const entryOf = (name: string, contents: string | Buffer, role: Entry['role']): Entry => {
    const bytes = Buffer.from(contents);
    const stored = deflateSync(bytes);
    return {
      name, role, typeCode: role === 'script' ? 's' : 'x', storedBytes: stored.length, sizeBytes: bytes.length, compressed: true,
      offset: place(stored),
    };
  };
  const entries = [...Object.entries(files).map(([name, contents]) => entryOf(name, contents, 'data')), ...scripts.map(
    ({ name, code: contents }) => entryOf(name, contents, 'script'),
  )];
  const modules = Object.entries(code).map(([name, bytes]): Module => {
    const stored = deflateSync(bytes);
    return { name, kind: 'module', origin: 'PYZ', entry: 'PYZ.pyz', offset: place(stored), storedBytes: stored.length };
  });
  await mkdir(dirname(archiveFile), { recursive: true });
  await writeFile(archiveFile, Buffer.concat(parts));
  const archive: Entry = { name: 'PYZ.pyz', role: 'modules', typeCode: 'z', storedBytes: 0, sizeBytes: 0, compressed: false, offset: 0 };
  return bundleOf(
    [], [], { archiveFile, entries: [...entries, archive], modules, scripts: scripts.map(({ name, kind }) => ({ name, kind })) },
  );
}

/** What Python makes of a source, marshalled; `file` is the place that it names. */
export async function compiled(source: string, file = 'm.py'): Promise<Buffer> {
  return Buffer.from(await runPython(['-c', 'import marshal, sys; print(marshal.dumps(compile(sys.stdin.read(), sys.argv[1], ' +
    '"exec")).hex())', file], source), 'hex');
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identify } from '../identify.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frostgate-node-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A note as the System V ABI has it: lengths of owner and contents, a type, both padded to four bytes. */
function note(owner: string, contents = Buffer.alloc(5)): Buffer {
  const name = Buffer.alloc(Math.ceil((owner.length + 1) / 4) * 4);
  name.write(owner, 'latin1');
  const head = Buffer.alloc(12);
  head.writeUInt32LE(owner.length + 1, 0);
  head.writeUInt32LE(contents.length, 4);
  return Buffer.concat([head, name, contents, Buffer.alloc((4 - (contents.length % 4)) % 4)]);
}

/** An ELF file with notes in one segment. */
function withNotes(...notes: readonly Buffer[]): Buffer {
  const [header, segment, content] = [Buffer.alloc(64), Buffer.alloc(56), Buffer.concat(notes)];
  header.write('\x7fELF', 'latin1');
  header.set([2, 1, 1], 4);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(62, 18);
  header.writeBigUInt64LE(64n, 32);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  segment.writeUInt32LE(4, 0);
  segment.writeBigUInt64LE(BigInt(64 + 56), 8);
  segment.writeBigUInt64LE(BigInt(content.length), 32);
  return Buffer.concat([header, segment, content]);
}

async function identified(...notes: readonly Buffer[]) {
  await writeFile(join(folder, 'worker'), withNotes(...notes));
  return await identify(join(folder, 'worker'));
}

test('an application is told by its note, wherever that stands among others', async () => {
  const found = await identified(note('GNU', Buffer.alloc(16)), note('NODE_SEA_BLOB'));
  expect(found).toMatchObject({ runtime: 'node', freezer: 'Node single-executable application' });
  expect(await identified(note('NODE_SEA_BLOB'))).toMatchObject({ runtime: 'node' });
});

test('plain node, and notes that make no sense, are not', async () => {
  const endless = note('GNU');
  endless.writeUInt32LE(0xffffffff, 4);
  for (const notes of [[], [note('GNU')], [note('NODE_SEA_BLOBS')], [endless, note('NODE_SEA_BLOB')], [Buffer.alloc(7)]]) {
    expect(await identified(...notes)).toMatchObject({ runtime: 'native' });
  }
  expect(await identify(process.execPath)).toMatchObject({ runtime: 'native' });
});

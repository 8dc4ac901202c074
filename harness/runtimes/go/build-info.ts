import { offsetOf, type ByteSource } from '../native/byte-source.ts';
import { fieldsOf } from '../native/fields.ts';
import { Malformed } from '../native/errors.ts';
import { readDataLayout, type DataLayout } from './data-layout.ts';
import { parseModuleInfo, type ModuleInfo } from './parse-module-info.ts';

/** What Go writes into each program that it builds; `goVersion` is the toolchain, for example "go1.26.8". */
export type GoBuild = ModuleInfo & { readonly goVersion: string };

// Go's debug/buildinfo: a header of 32 bytes at a multiple of 16, two texts behind it or, before 1.18, pointers to them in it.
const magic = Buffer.from('\xff Go buildinf:', 'latin1');
// Either side of the list of modules is framed by 16 bytes.
const [headerBytes, alignment, frameBytes] = [32, 16, 16];

/** Go puts it at the beginning of the data; that of a large program has some 100 kB. */
const limitBytes = 4_000_000;

/**
 * Reads what `go version -m` prints, without running the program; undefined when Go did not build it or left nothing in it.
 * @throws {Malformed} when the executable's headers or what Go wrote are cut off or make no sense.
 */
export async function readGoBuildInfo(source: ByteSource): Promise<GoBuild | undefined> {
  const layout = await readDataLayout(source);
  if (layout?.info === undefined) return undefined;
  const [program, { offset, sizeBytes }] = [layout.source, layout.info];
  const bytes = await program.read(offset, Math.min(sizeBytes, limitBytes));
  let at = bytes.indexOf(magic);
  while (at >= 0 && (offset + at) % alignment !== 0) at = bytes.indexOf(magic, at + 1);
  if (at < 0) return undefined;
  const header = await exactly(program, offset + at, headerBytes);
  const inline = ((header[15] ?? 0) & 2) !== 0;
  const [version, modules] = inline ? await behindHeader(program, offset + at + headerBytes) : await byPointers(layout, header);
  if (version.length === 0) return undefined;
  const whole = modules.length > 2 * frameBytes && modules[modules.length - frameBytes - 1] === 0x0a;
  const text = whole ? modules.toString('utf8', frameBytes, modules.length - frameBytes) : '';
  return { goVersion: version.toString(), ...parseModuleInfo(text) };
}

/** Each behind its length as a varint: seven bits a byte, the lowest first, the last byte below 128. */
async function behindHeader(source: ByteSource, start: number): Promise<[version: Buffer, modules: Buffer]> {
  let at = start;
  const next = async () => {
    const prefix = await source.read(at, 10);
    const last = prefix.findIndex((byte) => byte < 0x80);
    const length = prefix.subarray(0, last + 1).reduce((sum, byte, index) => sum + (byte & 0x7f) * 2 ** (7 * index), 0);
    const bytes = await exactly(source, at + last + 1, last < 0 ? Infinity : length);
    at += last + 1 + length;
    return bytes;
  };
  return [await next(), await next()];
}

/** Where pointers are made when the program starts, the file has zeros, and nothing can be read. */
async function byPointers({ source, regions }: DataLayout, header: Buffer): Promise<[version: Buffer, modules: Buffer]> {
  const [width, order] = [header[14] === 4 ? 4 : 8, ((header[15] ?? 0) & 1) === 0 ? 'little' : 'big'] as const;
  const pair = (bytes: Buffer, at: number) => {
    const fields = fieldsOf(bytes, order, 'the Go build info');
    return width === 4 ? [fields.u32(at), fields.u32(at + 4)] as const : [fields.u64(at), fields.u64(at + 8)] as const;
  };
  const follow = async (address: number, length: number) => {
    if (address === 0 || length === 0) return Buffer.alloc(0);
    const offset = offsetOf(regions, address);
    if (offset === undefined) throw new Malformed('the Go build info points outside the file');
    return await exactly(source, offset, length);
  };
  const text = async (pointer: number) => (pointer === 0 ? Buffer.alloc(0) : await follow(...pair(await follow(pointer, 2 * width), 0)));
  const [version, modules] = pair(header, 16);
  return [await text(version), await text(modules)];
}

async function exactly(source: ByteSource, start: number, length: number): Promise<Buffer> {
  const bytes = await source.read(start, Math.min(length, limitBytes));
  if (bytes.length < length) throw new Malformed('the Go build info is cut off or longer than it can be');
  return bytes;
}

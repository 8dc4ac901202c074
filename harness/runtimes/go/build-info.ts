import { offsetOf, partOf, type ByteSource, type Region } from '../native/byte-source.ts';
import * as elf from '../native/elf.ts';
import { Malformed } from '../native/errors.ts';
import { fieldsOf } from '../native/fields.ts';
import * as machO from '../native/mach-o.ts';
import { readPeHeader } from '../native/pe.ts';

/** A module as Go names it; the version is "(devel)" where it was built from a folder that no tag names. */
export type GoModule = {
  readonly path: string;
  readonly version: string;
  /** As go.sum has it; absent for what was built from a folder. */
  readonly sum?: string;
  readonly replacedBy?: GoModule;
};

/** What Go writes into each program that it builds; what it was built from is absent or empty where that was without modules. */
export type GoBuild = {
  /** The toolchain, for example "go1.26.8". */
  readonly goVersion: string;
  /** The main package, for example "example.com/worker/cmd/serve". */
  readonly path?: string;
  readonly main?: GoModule;
  readonly dependencies: readonly GoModule[];
  /** In Go's order, for example ["CGO_ENABLED", "0"] and ["vcs.modified", "true"]. */
  readonly settings: readonly (readonly [name: string, value: string])[];
};

// Go's debug/buildinfo: a header of 32 bytes at a multiple of 16, two texts behind it or, before 1.18, pointers to them in it; either
// side of the list of modules is framed by 16 bytes.
const magic = Buffer.from('\xff Go buildinf:', 'latin1');
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

/** Where an executable may keep Go's build info: the section that is named after it, else the first writable data. */
type DataLayout = {
  readonly source: ByteSource;
  readonly regions: readonly Region[];
  readonly info: Pick<Region, 'offset' | 'sizeBytes'> | undefined;
};

/** That of an executable or of its first slice; undefined when it is none. Throws Malformed when its headers make no sense. */
export async function readDataLayout(source: ByteSource): Promise<DataLayout | undefined> {
  return (await elfLayout(source)) ?? (await machOLayout(source)) ?? (await peLayout(source));
}

async function elfLayout(source: ByteSource): Promise<DataLayout | undefined> {
  const header = await elf.readElfHeader(source);
  if (header === undefined) return undefined;
  const regions = (await elf.readSegments(source, header)).filter(({ type }) => type === 1);
  const named = (await elf.readSections(source, header)).find(({ name }) => name === '.go.buildinfo');
  const info = named ? { offset: named.start, sizeBytes: named.end - named.start } : regions.find(({ flags }) => (flags & 3) === 2);
  return { source, regions, info };
}

async function machOLayout(whole: ByteSource): Promise<DataLayout | undefined> {
  const [slice] = (await machO.readSlices(whole)) ?? [];
  if (slice === undefined) return undefined;
  const regions = await machO.readSegments(whole, slice);
  const info = regions.flatMap(({ sections }) => sections).find(({ name }) => name === '__go_buildinfo');
  return { source: partOf(whole, slice), regions, info };
}

// Microsoft, "PE Format": the image base; initialised data that is read and written, whatever its alignment.
async function peLayout(source: ByteSource): Promise<DataLayout | undefined> {
  const header = await readPeHeader(source);
  if (header === undefined || header.optional.lengthBytes === 0) return undefined;
  const base = header.optional.u16(0) === 0x20b ? header.optional.u64(24) : header.optional.u32(28);
  const regions = (await header.readSections()).map((section) => ({ ...section, address: base + section.address }));
  const info = regions.find(({ sizeBytes, characteristics }) => sizeBytes > 0 && (characteristics & 0xff0f_ffff) >>> 0 === 0xc000_0040);
  return { source, regions, info };
}

/** Reads what Go's runtime/debug.BuildInfo writes. Throws Malformed for lines that it does not write. */
export function parseModuleInfo(text: string): Omit<GoBuild, 'goVersion'> {
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

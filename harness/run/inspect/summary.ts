import type { Bundle, FrozenBundle, Oddity } from '../../runtimes/bundle.ts';
import { count, formatBytes } from '../../model/format.ts';
import { sizeRows } from '../../report/size-rows.ts';
import { oneLine, withoutCommands } from '../../model/text.ts';
import { padded, widest } from '../../model/width.ts';
import type { Hint } from './kept-comparison.ts';
import { contentsOf } from './contents.ts';
import { goRows } from '../../runtimes/go/go.ts';
import { floorsOf } from '../../runtimes/pyinstaller/floors.ts';

/** Label and value. */
type Row = readonly [label: string, value: string];

const shownSizes = 12;
const mostOfList = 10;

/** What a file is and holds, and what looks wrong in it, for the terminal. Nothing of the file reaches it raw. */
export function inspectSummary(bundle: Bundle, hints: readonly Hint[] = []): string {
  const rows = rowsOf(bundle).map(([label, value]) => `${label.padEnd(11)}${oneLine(value)}`);
  const blocks = [
    rows, bundle.kind === 'opaque' ? [] : sizeLines(bundle), listLines('what looks wrong', hints, hintLines),
    listLines('unusual', bundle.oddities, (oddity) => [`  ${oneLine(oddityLine(oddity))}`]),
  ].filter((lines) => lines.length > 0);
  return withoutCommands(`${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`);
}

/** What a file is, as label and value in plain text that may still hold anything. */
export function rowsOf(bundle: Bundle): Row[] {
  const zlib = bundle.images.filter(({ needs }) => needs.includes('libz.so.1')).map(({ platform }) => platform).join(', ');
  return [
    ['file', `${bundle.file}   ${formatBytes(bundle.sizeBytes)}`],
    ['what', whatItIs(bundle)],
    ['platform', bundle.platforms.join(', ') || 'any that has what it needs'],
    ...floorsOf(bundle).map(({ platform, needs, entry }): Row => (
      ['needs', `${platform}: ${needs} or later${entry === undefined ? '' : `, because of ${entry}`}`]
    )),
    // An executable unpacks itself with the system's zlib: the one in the bundle comes too late for it.
    ...(zlib === '' ? [] : [['needs', `${zlib}: libz.so.1 (zlib) on the system, because of the executable itself`] as const]),
    ...(bundle.kind !== 'opaque' ? frozenRows(bundle) : bundle.go === undefined ? [] : goRows(bundle.go)),
  ];
}

/** In a few words, for example "PyInstaller one-file executable (ELF)". */
export function whatItIs(bundle: Bundle): string {
  if (bundle.kind !== 'opaque') return `PyInstaller ${bundle.kind} executable (${bundle.format})`;
  const { format, producer } = bundle;
  if (format === 'zip') return producer ?? 'a zip file without a Python program';
  if (format === 'script') return 'a script, not a built executable';
  if (format === 'empty') return 'an empty file';
  if (format === 'text' || format === 'unknown') return format === 'text' ? 'a text file' : 'no executable and no Python archive';
  return `${format} executable${producer === undefined ? ', not made by PyInstaller' : ` made by ${producer}`}`;
}

function frozenRows(
  { generation, pythonVersion, modules, distributions, nativeFiles, scripts, options, storedBytes, extractedBytes }: FrozenBundle,
): Row[] {
  const between = [
    generation.from && `${generation.from} or later`, generation.before && `before ${generation.before}`,
  ].filter(Boolean).join(', ');
  const names = (kind: string) => scripts.filter((script) => script.kind === kind).map(({ name }) => name).join(', ');
  return [
    ['freezer', `PyInstaller ${between || 'of an unknown release'}, Python ${pythonVersion}`],
    ['starts', `${names('entry')}${names('runtime hook') === '' ? '' : ` after ${names('runtime hook')}`}`],
    ...(options.length === 0 ? [] : [['options', options.join(', ')] as const]),
    ['holds', `${count(modules.length, 'module')}, ${count(nativeFiles.length, 'native file')}, metadata of ` +
      count(distributions.length, 'distribution')],
    ['takes', `${formatBytes(storedBytes)} stored, ${formatBytes(extractedBytes)} once unpacked`],
  ];
}

function sizeLines(bundle: FrozenBundle): string[] {
  const rows = sizeRows(contentsOf(bundle), shownSizes).map(
    ({ name, version, ...bytes }) => ({ ...bytes, name: oneLine(version === undefined ? name : `${name} ${version}`) }),
  );
  const width = widest([...rows.map(({ name }) => name), 'distribution']) + 2;
  const line = (name: string, stored: string, unpacked: string) => `  ${padded(name, width)}${stored.padStart(11)}${unpacked.padStart(11)}`;
  return [line('distribution', 'stored', 'unpacked'), ...rows.map(
    ({ name, storedBytes, extractedBytes }) => line(name, formatBytes(storedBytes), formatBytes(extractedBytes)),
  )];
}

function hintLines({ hazard, cause, remedy }: Hint): string[] {
  const [first = '', ...others] = remedy.split('\n').map(oneLine);
  return [`  ${hazard}  ${oneLine(cause)}`, `         do  ${first}`, ...others.map((line) => `             ${line}`)];
}

/** The first ten of a list, each in lines of its own, below a title; nothing where there are none. */
function listLines<Item>(title: string, items: readonly Item[], linesOf: (item: Item) => string[]): string[] {
  const more = items.length - mostOfList;
  const lines = items.slice(0, mostOfList).flatMap(linesOf);
  return items.length === 0 ? [] : [title, ...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

/** What is unusual, in one line that may still hold anything. */
export function oddityLine({ subject, sentence }: Oddity): string {
  return subject === undefined ? sentence : `${subject}: ${sentence}`;
}

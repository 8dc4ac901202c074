import type { Bundle, FrozenBundle } from '../bundle/bundle.ts';
import { count, formatBytes } from '../report/format.ts';
import { oneLine } from '../report/text.ts';
import { withoutCommands } from '../report/workflow-commands.ts';
import { floorsOf } from './floor.ts';
import { sizesByPackage } from './sizes.ts';

const shownPackages = 12;
const shownOddities = 10;

/** What a file is and holds, for the terminal. Nothing of the file reaches it raw. */
export function inspectSummary(bundle: Bundle): string {
  const rows = [
    ['file', `${bundle.file}   ${formatBytes(bundle.sizeBytes)}`],
    ['what', whatItIs(bundle)],
    ['platform', bundle.platforms.join(', ') || 'any that has what it needs'],
    ...floorsOf(bundle).map(({ platform, needs, entry }) => ['needs', `${platform}: ${needs} or later${entry === undefined ? '' : `, because of ${entry}`}`]),
    ...(bundle.kind === 'opaque' ? [] : frozenRows(bundle)),
  ];
  const facts = rows.map(([label = '', value = '']) => `${label.padEnd(11)}${oneLine(value)}`);
  const lines = [...facts, ...(bundle.kind === 'opaque' ? [] : packageLines(bundle)), ...oddityLines(bundle)];
  return withoutCommands(`${lines.join('\n')}\n`);
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

function frozenRows({ generation, pythonVersion, modules, distributions, nativeFiles, scripts, options, storedBytes, extractedBytes }: FrozenBundle): string[][] {
  const between = [generation.from && `${generation.from} or later`, generation.before && `before ${generation.before}`].filter(Boolean).join(', ');
  const names = (kind: string) => scripts.filter((script) => script.kind === kind).map(({ name }) => name).join(', ');
  return [
    ['freezer', `PyInstaller ${between || 'of an unknown release'}, Python ${pythonVersion}`],
    ['starts', `${names('entry')}${names('runtime hook') === '' ? '' : ` after ${names('runtime hook')}`}`],
    ...(options.length === 0 ? [] : [['options', options.join(', ')]]),
    ['holds', `${count(modules.length, 'module')}, ${count(nativeFiles.length, 'native file')}, metadata of ${count(distributions.length, 'distribution')}`],
    ['takes', `${formatBytes(storedBytes)} stored, ${formatBytes(extractedBytes)} once unpacked`],
  ];
}

function packageLines(bundle: FrozenBundle): string[] {
  const all = sizesByPackage(bundle);
  const rest = all.slice(shownPackages);
  const sum = (of: (size: (typeof all)[number]) => number) => rest.reduce((bytes, size) => bytes + of(size), 0);
  const shown = [...all.slice(0, shownPackages), ...(rest.length === 0 ? [] : [{ name: `${rest.length} others`, storedBytes: sum(({ storedBytes }) => storedBytes), extractedBytes: sum(({ extractedBytes }) => extractedBytes) }])];
  const width = Math.max(...shown.map(({ name }) => oneLine(name).length), 'package'.length) + 2;
  const line = (name: string, stored: string, unpacked: string) => `  ${oneLine(name).padEnd(width)}${stored.padStart(11)}${unpacked.padStart(11)}`;
  return ['', line('package', 'stored', 'unpacked'), ...shown.map(({ name, storedBytes, extractedBytes }) => line(name, formatBytes(storedBytes), formatBytes(extractedBytes)))];
}

function oddityLines({ oddities }: Bundle): string[] {
  if (oddities.length === 0) return [];
  const more = oddities.length - shownOddities;
  const lines = oddities.slice(0, shownOddities).map(({ subject, sentence }) => `  ${oneLine(subject === undefined ? sentence : `${subject}: ${sentence}`)}`);
  return ['', 'unusual', ...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

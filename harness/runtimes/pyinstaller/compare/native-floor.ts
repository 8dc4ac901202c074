import type { FrozenBundle } from '../../bundle.ts';
import { askingParts, compareReleases, floorsOf, type Asking } from '../floors.ts';
import type { Contract } from '../../../contract/schema.ts';
import type { Observation } from '../../../model/observation.ts';
import { atMost } from './at-most.ts';
import { ownerOfFile, type Owning } from './owner.ts';
import { plainName } from './plain-name.ts';

const shownMembers = 10;

/** Who must change something: `wheel` a distribution, `build machine` its system or its Python, `bootloader` PyInstaller. */
type Origin = 'wheel' | 'build machine' | 'bootloader';

/**
 * Native members that need a newer glibc or macOS than the contract's oldest (NA-01, NA-09), the worst ten first, with what to blame:
 * the distribution that a member lies in, the build machine for what was copied from there, or PyInstaller's bootloader.
 */
export function floorsOverLimit(
  bundle: FrozenBundle, { glibc, macos }: Pick<Contract['bundle'], 'glibc' | 'macos'>, distributions: readonly Owning[] = [],
): Observation[] {
  const seen = new Set<string | undefined>();
  const over = askingParts(bundle).flatMap((part) => {
    const allowed = part.system === 'glibc' ? glibc : macos;
    if (allowed === undefined || compareReleases(part.version, allowed) <= 0 || seen.has(part.entry)) return [];
    seen.add(part.entry);
    return floorFact(bundle, part, allowed, distributions);
  });
  return atMost(shownMembers, over);
}

/**
 * The oldest system that everything inside loads on, for a note, for example "linux-amd64: glibc 2.36 or later, because of libstdc++.so.6";
 * empty when nothing asks for one.
 */
export function floorNotes(bundle: FrozenBundle): string[] {
  return floorsOf(bundle).map(({ platform, needs, entry }) => `${platform}: ${needs} or ` +
    `later${entry === undefined ? '' : `, because of ${plainName(entry)}`}`);
}

function floorFact(
  bundle: FrozenBundle, { system, version, entry }: Asking, allowed: string, distributions: readonly Owning[],
): Observation {
  const member = plainName(entry ?? 'the executable itself');
  const origin = originOf(bundle, entry);
  const blame = { wheel: () => ownerOfFile(
    entry ?? '', distributions,
  ) ?? firstFolder(entry ?? ''), 'build machine': () => 'the build machine', bootloader: () => "PyInstaller's bootloader" }[origin]();
  const line = `${member} needs ${system} ${version}, the contract allows ${allowed}; it comes from ${plainName(blame)}`;
  return {
    kind: system === 'glibc' ? 'glibc-floor' : 'macos-floor',
    args: { member, needs: version, allowed, blame: plainName(blame), origin },
    line,
    names: entry === undefined ? [] : [...new Set([member, plainName(entry.split('/').at(-1) ?? '')])].map((name) => `file:${name}`),
  };
}

function originOf({ entries, pythonLibrary }: FrozenBundle, entry: string | undefined): Origin {
  if (entry === undefined) return 'bootloader';
  const isPython = entry === pythonLibrary || /^(?:python3[^/]*\/)?lib-dynload\/|^Python(?:\.framework)?(?:\/|$)/.test(entry);
  const isSystem = !entry.includes('/') && entries.some(({ name, role }) => name === entry && role === 'library');
  return isPython || isSystem ? 'build machine' : 'wheel';
}

/** Without the baseline's environment a package's folder is the best name for its distribution. */
function firstFolder(entry: string): string {
  return entry.split(/[/.]/, 1)[0] ?? entry;
}

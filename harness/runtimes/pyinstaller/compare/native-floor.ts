import { posix } from 'node:path';
import type { Bundle } from '../../bundle.ts';
import { askingParts, compareReleases, floorsOf, type Asking } from '../floors.ts';
import type { Contract } from '../../../contract/schema.ts';
import type { Observation } from '../../../model/observation.ts';
import { atMost } from './told.ts';
import { ownerOfFile, type Owning } from './owner.ts';
import { plainName } from './told.ts';

const shownMembers = 10;

/**
 * Native members that need a newer glibc or macOS than the contract's oldest (NA-01, NA-09), the worst ten first, with what to blame:
 * the distribution that a member lies in, the build machine for what was copied from there, PyInstaller's bootloader, or whoever linked an
 * executable of another make.
 */
export function floorsOverLimit(
  bundle: Bundle, { glibc, macos }: Pick<Contract['bundle'], 'glibc' | 'macos'>, distributions: readonly Owning[] = [],
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
export function floorNotes(bundle: Bundle): string[] {
  return floorsOf(bundle).map(({ platform, needs, entry }) => {
    const because = entry === undefined ? '' : `, because of ${plainName(entry)}`;
    return `${platform}: ${needs} or later${because}`;
  });
}

function floorFact(
  bundle: Bundle, { system, version, entry }: Asking, allowed: string, distributions: readonly Owning[],
): Observation {
  const member = plainName(entry ?? 'the executable itself');
  const { origin, blame } = originOf(bundle, entry, distributions);
  return {
    kind: system === 'glibc' ? 'glibc-floor' : 'macos-floor',
    args: { member, needs: version, allowed, blame, origin },
    line: `${member} needs ${system} ${version}, the contract allows ${allowed}; it comes from ${blame}`,
    names: entry === undefined ? [] : [...new Set([member, plainName(posix.basename(entry))])].map((name) => `file:${name}`),
  };
}

/** Who must change something: a distribution, the build machine with its system or its Python, or PyInstaller. */
function originOf(bundle: Bundle, entry: string | undefined, distributions: readonly Owning[]) {
  if (bundle.kind === 'opaque') {
    return entry === undefined ? { origin: 'executable', blame: 'the machine that linked it' } : { origin: 'beside', blame: 'its folder' };
  }
  const { entries, pythonLibrary } = bundle;
  if (entry === undefined) return { origin: 'bootloader', blame: "PyInstaller's bootloader" };
  const isPython = entry === pythonLibrary || /^(?:python3[^/]*\/)?lib-dynload\/|^Python(?:\.framework)?(?:\/|$)/.test(entry);
  const isSystem = !entry.includes('/') && entries.some(({ name, role }) => name === entry && role === 'library');
  if (isPython || isSystem) return { origin: 'build machine', blame: 'the build machine' };
  // Without the baseline's environment a package's folder is the best name for its distribution.
  return { origin: 'wheel', blame: plainName(ownerOfFile(entry, distributions) ?? entry.split(/[/.]/, 1)[0] ?? entry) };
}

import type { FrozenBundle } from '../../runtimes/bundle.ts';
import { count } from '../../model/format.ts';
import type { Contents } from '../../model/report.ts';
import { oneLine, shorten } from '../../model/text.ts';
import { isUnpacked, sizesByDistribution, type DistributionSize } from '../../runtimes/pyinstaller/sizes/sizes.ts';

/** More than any project installs; the rest is summed up, so that a hostile bundle does not fill the report. */
const most = 300;

/** What is in a bundle, in numbers: for a report, with the 300 largest distributions and the others together as "N others". */
export function contentsOf(bundle: FrozenBundle): Contents {
  const { kind, pythonVersion, modules, nativeFiles, entries, extractedBytes, storedBytes } = bundle;
  const all = sizesByDistribution(bundle);
  return {
    kind,
    pythonVersion: shown(pythonVersion),
    modules: modules.length,
    nativeFiles: nativeFiles.length,
    extractedFiles: entries.filter(isUnpacked).length,
    extractedBytes,
    storedBytes,
    sizes: [...all.slice(0, most).map(bounded), ...together(all.slice(most))],
  };
}

function bounded({ name, version, storedBytes, extractedBytes }: DistributionSize): DistributionSize {
  return { name: shown(name), ...(version !== undefined && { version: shown(version) }), storedBytes, extractedBytes };
}

function together(rest: readonly DistributionSize[]): DistributionSize[] {
  const sum = (key: 'storedBytes' | 'extractedBytes') => rest.reduce((bytes, size) => bytes + size[key], 0);
  const all = { name: count(rest.length, 'other'), storedBytes: sum('storedBytes'), extractedBytes: sum('extractedBytes') };
  return rest.length === 0 ? [] : [all];
}

function shown(text: string): string {
  return shorten(oneLine(text), 100);
}

import type { Report } from '../../model/report.ts';
import type { ReadReport } from '../read/read-reports.ts';
import type { Release } from '../release.ts';
import { shown } from '../shown.ts';
import { shippedSha256 } from './artifacts.ts';
import { listed, shownPlatforms, type Fault, type Faults } from './block.ts';

/** What an executable of a system is written in: https://refspecs.linuxfoundation.org, Mach-O and PE/COFF by their makers. */
const formats: Readonly<Record<string, string>> = { linux: 'ELF', darwin: 'Mach-O', windows: 'PE' };

/** Whether a report says itself that it was made elsewhere than it claims. */
export function formatFaults({ report: { subject, platform: { id, libc, os, kernel } } }: ReadReport): Faults {
  const [system = ''] = id.split('-');
  const expected = formats[system];
  return [
    expected !== undefined && subject !== null && !isAnywhere(subject) && !subject.format.startsWith(expected) && ['foreign-binary',
      `its executable is ${shown(subject.format, 20)}, and one of ${shown(id, 40)} is ${expected}. Verify the ` +
      'executable that was built for it.'],
    // A machine that says so is told by itself.
    libc !== undefined && system !== 'linux' && !/linux/i.test(`${os} ${kernel}`) && ['foreign-binary', 'its machine has ' +
      `${shown(libc, 40)}, which ${shown(id, 40)} does not have. Verify on a machine of the platform.`],
  ];
}

/** A Python program in a zip file is one for every platform. */
const isAnywhere = (subject: Report['subject']): boolean => subject?.format === 'zip';

/** One run's report told as that of several platforms: no two runs measure the same, and few executables are of several platforms. */
export function retoldFaults({ reports: { read } }: Release): Faults {
  return [...sameOf(read, ({ subject }) => shippedSha256(subject), 'one executable', ({ subject }) => subject?.platforms ?? [], isAnywhere),
    ...sameOf(read, measured, 'the same measurements, to the last digit', () => [])];
}

/** Platforms whose reports share what they cannot; `allowed` are those that may. */
function sameOf(
  read: readonly ReadReport[], of: (report: Report) => string | undefined, what: string, allowed: (report: Report) => readonly string[],
  isSame: (subject: Report['subject']) => boolean = () => false,
): Fault[] {
  const groups = Map.groupBy(read.filter(({ report }) => of(report) !== undefined), ({ report }) => of(report));
  return [...groups.values()].flatMap((same): Fault[] => {
    const ids = [...new Set(same.map(({ report }) => report.platform.id))];
    const [first] = same;
    if (first === undefined || ids.length < 2 || isSame(first.report.subject)) return [];
    if (ids.every((id) => allowed(first.report).includes(id))) return [];
    return [['foreign-binary', `the reports of ${shownPlatforms(ids)} hold ${what} (${listed(same.map(({ file }) => file))}). One run is ` +
      'about one platform: verify each on a machine of its own.']];
  });
}

function measured({ measurements }: Report): string | undefined {
  const samples = measurements.filter(({ unit, variant }) => unit === 'ms' && variant !== 'manager').map(({ samples: own }) => own);
  return samples.flat().length < 3 ? undefined : JSON.stringify(samples);
}

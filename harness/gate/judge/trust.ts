import { areaOf } from '../../model/catalogue.ts';
import type { Report } from '../../model/report.ts';
import type { ReadReport } from '../read/read-reports.ts';
import type { Release } from '../release.ts';
import { shortSha, shown } from '../shown.ts';
import { kept, shownPlatforms, someChecks, type Faults } from './block.ts';
import { recomputed, verdictFits } from './recompute.ts';

/** How far the clocks of two machines may differ. */
const skewMs = 300_000;

/** A report holds for so many days: what it ran on, and what it ran against, has changed since. */
const holdsDays = 30;

/** What os.machine() and others call an architecture: https://nodejs.org/api/os.html#osmachine. */
const architectures: readonly (readonly [name: string, words: RegExp])[] = [
  ['amd64', /^(?:x86_64|amd64|x64)$/i], ['arm64', /^(?:aarch64|arm64)$/i],
];
const systems: readonly (readonly [name: string, words: RegExp])[] = [
  ['linux', /\blinux\b/i], ['darwin', /\b(?:darwin|macos)\b/i], ['windows', /\bwindows(?:_nt)?\b/i],
];

/** Errors outside the checks, and failures of server, services and machine; a report tells both as warnings, its verdict tells which. */
export function troubleFaults({ report: { warnings, verdict, checks } }: ReadReport): Faults {
  const [first] = warnings;
  if (first === undefined) return [];
  const cause = `${shown(first, 240)}${warnings.length > 1 ? ` and ${warnings.length - 1} more` : ''}`;
  return [verdict.outcome === 'fail' && checks.every(({ outcome }) => outcome !== 'fail')
    ? ['errors', `an error happened outside its checks: ${cause}. Repair it and verify again.`]
    : ['infrastructure', `something beside the executable went wrong in its run: ${cause}. Repair that and verify again.`]];
}

/** Whether the report is what its run wrote: the verdict of its checks, the files beside it, times that can be. */
export function trustFaults({ report, beside }: ReadReport, { now }: Release): Faults {
  const { tool: { startedAt, endedAt }, verdict } = report;
  const anew = recomputed(report);
  const misplaced = report.checks.filter((check) => areaOf(check.id) !== check.area).map(({ id }) => id);
  const changed = kept([
    !verdictFits(report) && `says ${verdict.outcome}, its checks say ${anew.outcome}: ${shown(anew.sentence, 300).replace(/\.$/, '')}`,
    misplaced.length > 0 && `puts ${someChecks(misplaced)} into another area than its own`,
    ...beside.mismatches,
  ]);
  const [start, end] = [shown(startedAt, 40), shown(endedAt, 40)];
  return [
    ...changed.map((fault) => ['tampered', `its report ${fault}. It was changed after it was written: verify again.`] as const),
    Date.parse(endedAt) < Date.parse(startedAt) && ['clock', `its run ended (${end}) before it began (${start}). Set the clock of its ` +
      'machine and verify again.'],
    now.getTime() - Date.parse(endedAt) > holdsDays * 86_400_000 && ['stale', `its run ended at ${end}, more than ${holdsDays} days ago. ` +
      'A report holds for so long: verify again.'],
    Date.parse(endedAt) > now.getTime() + skewMs && ['clock', `its run ended in the future (${end}, here it is ${now.toISOString()}). ` +
      'Set the clocks and verify again.'],
  ];
}

/** Whether somebody who is trusted has signed the test result of this very report, where that is asked for. */
export function signatureFaults({ signature }: ReadReport, { signed }: Release): Faults {
  const why = signature === undefined ? 'its signature was not read' : 'why' in signature ? signature.why : undefined;
  return [signed && why !== undefined && ['unsigned', `its report has no signature that counts: ${why}. Sign the test result that the ` +
    'verification wrote, where it was written.']];
}

/** Whether a report is about one executable of its platform, the same before and after the run. */
export function identityFaults({ report }: ReadReport): Faults {
  const { subject, platform: { id, os, architecture } } = report;
  const machine = machineOf(report);
  const { sha256Before, sha256After, platforms = [], file = '' } = subject ?? {};
  return [
    machine.some((part) => !id.split('-').includes(part)) && ['foreign-binary', 'its report was made on a ' +
      `${machine.join('-')} machine (${shown(os, 60)}, ${shown(architecture, 20)}). Verify on a machine of the platform.`],
    subject === null && ['no-binary', 'its report is about no executable. Name it with --binary and verify again.'],
    sha256Before !== undefined && sha256Before !== sha256After && ['changed-binary', `${shown(file)} changed during the run (sha256 ` +
      `${shortSha(sha256Before)} before, ${sha256After === undefined ? 'could not be read' : shortSha(sha256After)} after it). Verify ` +
      'again and leave the file alone.'],
    subject !== null && !platforms.includes(id) && ['foreign-binary', `${shown(file)} is made for ` +
      `${shownPlatforms(platforms) || 'no platform that is known'}. Verify the executable that was built for ${shown(id, 40)}.`],
  ];
}

/** Whether a machine of the platform has run the executable, or somebody allowed that an emulator stands in for it. */
export function emulationFaults({ report: { platform: { id, emulation } } }: ReadReport, { emulated }: Release): Faults {
  return [emulation !== undefined && !emulated.includes(id) && ['emulated', `its executable was emulated by ${shown(emulation.by, 60)}: ` +
    `no machine of ${shown(id, 40)} has run it. Verify on such a machine, or allow it with --allow-emulated ${shown(id, 40)}.`]];
}

/** The system and the architecture that the report describes, as far as their words are known. */
function machineOf({ platform: { os, kernel, architecture, emulation } }: Report): string[] {
  const named = systems.filter(([, words]) => words.test(`${os} ${kernel}`)).map(([name]) => name);
  // An emulator is there for another processor; the system is that of its platform all the same.
  const known = emulation !== undefined ? [] : architectures.filter(([, words]) => words.test(architecture)).map(([name]) => name);
  return [...(named.length === 1 ? named : []), ...known];
}

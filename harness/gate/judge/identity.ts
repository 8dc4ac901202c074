import type { Report } from '../../model/report.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shortSha, shown } from '../shown.ts';
import { broken, shownPlatforms, type Rule } from './block.ts';

/** What os.machine() and others call an architecture: https://nodejs.org/api/os.html#osmachine. */
const architectures: readonly (readonly [name: string, words: RegExp])[] = [
  ['amd64', /^(?:x86_64|amd64|x64)$/i],
  ['arm64', /^(?:aarch64|arm64)$/i],
];
const systems: readonly (readonly [name: string, words: RegExp])[] = [
  ['linux', /\blinux\b/i],
  ['darwin', /\b(?:darwin|macos)\b/i],
  ['windows', /\bwindows(?:_nt)?\b/i],
];

/** Whether a report is about one executable of its platform, the same before and after the run. */
export function identityBlocks({ report }: ReadReport): Block[] {
  const { subject, platform: { id, os, architecture } } = report;
  const machine = machineOf(report);
  return broken(id, [
    [machine.some((part) => !id.split('-').includes(part)), 'foreign-binary', `its report was made on a ${machine.join('-')} machine ` +
      `(${shown(os, 60)}, ${shown(architecture, 20)}). Verify on a machine of the platform.`],
    [subject === null, 'no-binary', 'its report is about no executable. Name it with --binary and verify again.'],
    ...(subject === null ? [] : subjectRules(subject, id)),
  ]);
}

function subjectRules({ sha256Before, sha256After, platforms, file }: NonNullable<Report['subject']>, id: string): Rule[] {
  const after = sha256After === undefined ? 'could not be read after it' : `${shortSha(sha256After)} after it`;
  return [
    [sha256After !== sha256Before, 'changed-binary', `${shown(file)} changed during the run (sha256 ${shortSha(sha256Before)} before, ` +
      `${after}). Verify again and leave the file alone.`],
    [!platforms.includes(id), 'foreign-binary', `${shown(file)} is made for ${shownPlatforms(platforms) || 'no platform that is known'}. ` +
      `Verify the executable that was built for ${shown(id, 40)}.`],
  ];
}

/** The system and the architecture that the report describes, as far as their words are known. */
function machineOf({ platform: { os, kernel, architecture } }: Report): string[] {
  const named = systems.filter(([, words]) => words.test(`${os} ${kernel}`)).map(([name]) => name);
  const [known] = architectures.filter(([, words]) => words.test(architecture)).map(([name]) => name);
  return [...(named.length === 1 ? named : []), ...(known === undefined ? [] : [known])];
}

import type { Report } from '../../model/report.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shortSha, shown } from '../shown.ts';
import { block, listed } from './block.ts';

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
  const { subject, platform: { id } } = report;
  const machine = machineOf(report);
  const misnamed = machine.some((part) => !id.split('-').includes(part));
  return [
    ...(misnamed ? [block('foreign-binary', `its report was made on a ${machine.join('-')} machine (${shown(report.platform.os, 60)}, ` +
      `${shown(report.platform.architecture, 20)}). Verify on a machine of the platform.`, id)] : []),
    ...(subject === null ? [block('no-binary', 'its report is about no executable. Name it with --binary and verify ' +
      'again.', id)] : subjectBlocks(subject, id)),
  ];
}

function subjectBlocks(subject: NonNullable<Report['subject']>, id: string): Block[] {
  const { sha256Before, sha256After, platforms, file } = subject;
  const after = sha256After === undefined ? 'could not be read after it' : `${shortSha(sha256After)} after it`;
  return [
    ...(sha256After === sha256Before ? [] : [block('changed-binary', `${shown(file)} changed during the run (sha256 ` +
      `${shortSha(sha256Before)} before, ${after}). Verify again and leave the file alone.`, id)]),
    ...(platforms.includes(id) ? [] : [block('foreign-binary', `${shown(file)} is made for ` +
      `${listed(platforms.map((name) => shown(name, 40))) || 'no platform that is known'}. Verify the executable that was built for ` +
        `${shown(id, 40)}.`, id)]),
  ];
}

/** The system and the architecture that the report describes, as far as their words are known. */
function machineOf({ platform: { os, kernel, architecture } }: Report): string[] {
  const named = systems.filter(([, words]) => words.test(`${os} ${kernel}`)).map(([name]) => name);
  const [known] = architectures.filter(([, words]) => words.test(architecture)).map(([name]) => name);
  return [...(named.length === 1 ? named : []), ...(known === undefined ? [] : [known])];
}

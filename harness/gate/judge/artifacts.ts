import type { Artifact, NoArtifact } from '../read/read-artifacts.ts';
import type { ReadReport } from '../read/read-reports.ts';
import type { Release } from '../release.ts';
import { shortSha, shown } from '../shown.ts';
import { shownPlatforms, type Fault, type Faults } from './block.ts';

/** Whether the files about to be shipped are those that were verified: one for each platform, byte for byte, and no other. */
export function artifactFaults({ artifacts, reports: { read: reports }, required }: Release): Faults {
  if (artifacts === undefined) return [];
  const { read, unread } = artifacts;
  const unverified = read.filter((artifact) =>
    platformsOf(artifact.sha256, reports).length === 0 && !isToldElsewhere(artifact, reports, required));
  const without = reports.filter(({ report: { platform, subject } }) =>
    subject !== null && required.includes(platform.id) && !read.some(({ sha256 }) => sha256 === shippedSha256(subject)));
  // Told with the artifact that stands in its place.
  const told = new Set(unverified.flatMap((artifact) => supposed(artifact, without).map(({ report }) => report.platform.id)));
  const silent = without.filter(({ report }) => !told.has(report.platform.id));
  const enough = unread.filter(({ problem }) => problem === 'unreadable').length >= silent.length;
  return [
    ...unread.map(unreadFault),
    ...unverified.map((artifact) => unverifiedFault(artifact, reports, without)),
    ...read.flatMap((artifact) => foreignFaults(artifact, reports)),
    ...silent.map(({ report: { platform, subject } }): Fault => [
      enough ? 'artifact-unreadable' : 'artifact-missing', `none of the artifacts${enough ? ' that can be read' : ''} is the executable ` +
        `that was verified for it (${fileOf(subject)}). Name that file with --artifact.`, platform.id,
    ]),
  ];
}

/** The platforms whose report is about exactly these bytes. */
export function platformsOf(sha256: string, reports: readonly ReadReport[]): string[] {
  return [...new Set(reports.filter(({ report }) => shippedSha256(report.subject) === sha256).map(({ report }) => report.platform.id))];
}

/** Of what a report is about: the file, or all of the folder that is released. */
export function shippedSha256(subject: ReadReport['report']['subject']): string | undefined {
  return subject?.tree?.sha256 ?? subject?.sha256Before;
}

function fileOf(subject: ReadReport['report']['subject']): string {
  return `${shown(subject?.file ?? 'none')}, sha256 ${shortSha(shippedSha256(subject) ?? '')}${subject?.tree ? ' with its folder' : ''}`;
}

/** The reports that an artifact would belong to by the platform of its headers. */
function supposed({ platforms }: Artifact, reports: readonly ReadReport[]): ReadReport[] {
  return reports.filter(({ report }) => platforms.includes(report.platform.id));
}

/** A platform without a report, or with one about no file, has a block of its own; its artifact is then only a consequence. */
function isToldElsewhere({ platforms }: Artifact, reports: readonly ReadReport[], required: readonly string[]): boolean {
  const known = (platform: string) => reports.some(({ report }) => report.platform.id === platform && report.subject !== null);
  return platforms.some((platform) => required.includes(platform) && !known(platform));
}

function unverifiedFault(artifact: Artifact, reports: readonly ReadReport[], without: readonly ReadReport[]): Fault {
  const { file, sha256, platforms, format } = artifact;
  const instead = supposed(artifact, without)[0] ?? supposed(artifact, reports)[0];
  if (instead !== undefined) return ['stale', `${file} (sha256 ${shortSha(sha256)}) is not the file that was verified ` +
    `(${fileOf(instead.report.subject)}). Verify this file, or ship that one.`, instead.report.platform.id];
  if (platforms.length > 0) return ['artifact-unverified', `${file} is made for ${shownPlatforms(platforms)}, of which there is no ` +
    'report. Verify it there, or do not ship it.'];
  const kinds: Partial<Record<Artifact['format'], string>> = {
    text: 'a text file', empty: 'empty', zip: 'a Python program in a zip file',
    unknown: 'no executable (ELF, Mach-O, PE or a Python zipapp)',
  };
  return ['artifact-unverified', `${file} is ${kinds[format] ?? 'a damaged executable'} and no report is about it. Name the executable ` +
    'itself, not an archive or a checksum.'];
}

/** The bytes are the verified ones, but they are made for another platform, or the report gives them another size. */
function foreignFaults({ file, sha256, format, platforms, sizeBytes }: Artifact, reports: readonly ReadReport[]): Faults {
  const made = platforms.length === 0 ? 'no whole executable' : `made for ${shownPlatforms(platforms)}`;
  const about = reports.filter(({ report: { subject } }) => shippedSha256(subject) === sha256);
  return about.flatMap(({ report: { platform: { id }, subject } }): Faults => (subject === null ? [] : [
    format !== 'zip' && !platforms.includes(id) && ['foreign-binary', `${file} is ${made}, its report says ${shown(id, 40)}. Build and ` +
      'verify the executable of the platform.', id],
    subject.sizeBytes !== sizeBytes && ['tampered', `its report gives ${file} ${subject.sizeBytes} bytes, the file has ${sizeBytes}. It ` +
      'was changed after it was written: verify again.', id],
  ]));
}

function unreadFault({ file, problem, why }: NoArtifact): Fault {
  if (problem === 'missing') return ['artifact-missing', `${file} is to be shipped and is not there. Build it, or correct the path.`];
  if (problem === 'changed') return ['artifact-changed', `${file} changed while the gate read it. End what writes to it, verify it and ` +
    'ask again.'];
  return ['artifact-unreadable', `${file} is to be shipped and cannot be read: ${why}. Make it readable.`];
}

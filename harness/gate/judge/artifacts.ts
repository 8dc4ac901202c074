import type { Release } from '../release.ts';
import type { Block } from '../../model/gate.ts';
import type { Artifact, NoArtifact } from '../read/read-artifacts.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shortSha, shown } from '../shown.ts';
import { block, broken, shownPlatforms } from './block.ts';

/** Whether the files about to be shipped are those that were verified: one for each platform, byte for byte, and no other. */
export function artifactBlocks({ artifacts, reports: { read: reports }, required }: Release): Block[] {
  if (artifacts === undefined) return [];
  const { read, unread } = artifacts;
  const unverified = read.filter(
    (artifact) => platformsOf(artifact, reports).length === 0 && !isToldElsewhere(artifact, reports, required),
  );
  const without = reports.filter(({ report }) => report.subject !== null && required.includes(report.platform.id) && !read.some(
    ({ sha256 }) => sha256 === report.subject?.sha256Before,
  ));
  // Told with the artifact that stands in its place.
  const told = new Set(unverified.flatMap((artifact) => supposed(artifact, without).map(({ report }) => report.platform.id)));
  const silent = without.filter(({ report }) => !told.has(report.platform.id));
  const enough = unread.filter(({ problem }) => problem === 'unreadable').length >= silent.length;
  return [
    ...unread.map(unreadBlock),
    ...unverified.map((artifact) => unverifiedBlock(artifact, reports, without)),
    ...read.flatMap((artifact) => foreignBlocks(artifact, reports)),
    ...silent.map(({ report: { platform, subject } }) => block(
      enough ? 'artifact-unreadable' : 'artifact-missing',
      `none of the artifacts${enough ? ' that can be read' : ''} is the executable that was verified for it ` +
        `(${shown(subject?.file ?? 'none')}, sha256 ${shortSha(subject?.sha256Before ?? '')}). Name that file with --artifact.`,
      platform.id,
    )),
  ];
}

/** The platforms whose report is about exactly these bytes. */
export function platformsOf({ sha256 }: Artifact, reports: readonly ReadReport[]): string[] {
  return [...new Set(reports.filter(({ report }) => report.subject?.sha256Before === sha256).map(({ report }) => report.platform.id))];
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

function unverifiedBlock(artifact: Artifact, reports: readonly ReadReport[], without: readonly ReadReport[]): Block {
  const { file, sha256, platforms, format } = artifact;
  const instead = supposed(artifact, without)[0] ?? supposed(artifact, reports)[0];
  if (instead !== undefined) {
    const { platform, subject } = instead.report;
    return block('stale', `${file} (sha256 ${shortSha(sha256)}) is not the file that was verified (${shown(subject?.file ?? 'none')}, ` +
      `sha256 ${shortSha(subject?.sha256Before ?? '')}). Verify this file, or ship that one.`, platform.id);
  }
  if (platforms.length > 0) return block('artifact-unverified', `${file} is made for ${shownPlatforms(platforms)}, of which there is ` +
    'no report. Verify it there, or do not ship it.');
  const kinds: Partial<Record<Artifact['format'], string>> = {
    text: 'a text file', empty: 'empty', unknown: 'no executable (ELF, Mach-O or PE)',
  };
  return block('artifact-unverified', `${file} is ${kinds[format] ?? 'a damaged executable'} and no report is about it. Name the ` +
    'executable itself, not an archive or a checksum.');
}

/** The bytes are the verified ones, but they are made for another platform, or the report gives them another size. */
function foreignBlocks({ file, sha256, platforms, sizeBytes }: Artifact, reports: readonly ReadReport[]): Block[] {
  const about = reports.map(({ report }) => report).filter(({ subject }) => subject?.sha256Before === sha256);
  const made = platforms.length === 0 ? 'no whole executable' : `made for ${shownPlatforms(platforms)}`;
  return about.flatMap(({ platform: { id }, subject }) => broken(id, [
    [!platforms.includes(id), 'foreign-binary', `${file} is ${made}, its report says ${shown(id, 40)}. Build and verify the executable ` +
      'of ' +
      'the platform.'],
    [subject !== null && subject.sizeBytes !== sizeBytes, 'tampered', `its report gives ${file} ${subject?.sizeBytes} bytes, the file ` +
      'has ' +
      `${sizeBytes}. It was changed after it was written: verify again.`],
  ]));
}

function unreadBlock({ file, problem, why }: NoArtifact): Block {
  if (problem === 'missing') return block('artifact-missing', `${file} is to be shipped and is not there. Build it, or correct the path.`);
  if (problem === 'changed') return block('artifact-changed', `${file} changed while the gate read it. End what writes to it, verify ` +
    'it and ask again.');
  return block('artifact-unreadable', `${file} is to be shipped and cannot be read: ${why}. Make it readable.`);
}

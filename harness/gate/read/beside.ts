import { lstat, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { count } from '../../model/format.ts';
import type { Report } from '../../model/report.ts';
import { renderings } from '../../report/renderings.ts';
import { ownVersion } from '../../system/own-package.ts';
import { listed } from '../judge/block.ts';
import { shown } from '../shown.ts';
import { parseJson } from './parse-report.ts';
import { isRefusal, readSmallFile, sha256OfHandle, withRegularFile } from './regular-file.ts';
import { statementFaults } from './statement.ts';

/** What actions/attest takes at most: https://github.com/actions/attest. */
const testResultLimitBytes = 16_000_000;

/** Reading this much evidence takes about a second; what a report names beyond it is told, not read. */
const evidenceLimitBytes = 1_000_000_000;

/** What comparing a report with the files beside it gave. */
type Compared = {
  /** What was changed after the report was written; each reads on after "its report". */
  readonly mismatches: readonly string[];
  /** What it speaks of and is not there; each reads on after "its report". */
  readonly missing?: readonly string[];
  /** What could not be compared; each is a sentence without a full stop that speaks of the platform. */
  readonly remarks: readonly string[];
};

/** What lies beside a report.json, compared with it. */
export type Beside = Required<Compared> & {
  /** Links to the report for people, relative to the gate's own folder; absent when there is none near it. */
  readonly page?: string;
  readonly markdown?: string;
};

/** Looks at the files beside a report. */
export async function lookBeside(folder: string, gateFolder: string, report: Report, reportSha256: string): Promise<Beside> {
  const result = await compareTestResult(folder, report, reportSha256);
  const told = result.mismatches.length > 0 ? ['test-result.json'] : [];
  const compared = [await compareEvidence(folder, report), result, await compareRenderings(folder, report, { reportSha256, told })];
  const page = await link(gateFolder, join(folder, 'report.html'));
  const markdown = await link(gateFolder, join(folder, 'report.md'));
  return {
    ...(page !== undefined && { page }),
    ...(markdown !== undefined && { markdown }),
    mismatches: compared.flatMap(({ mismatches }) => mismatches),
    missing: compared.flatMap(({ missing = [] }) => missing),
    remarks: compared.flatMap(({ remarks }) => remarks),
  };
}

/** A relative reference (RFC 3986) to a file that travels with the gate's folder: in the folder above it, or in one beside that. */
async function link(from: string, file: string): Promise<string | undefined> {
  const names = relative(from, file).split(sep);
  const climbs = names.filter((name) => name === '..').length;
  const near = climbs <= 2 && names.every((name) => name.isWellFormed() && !name.includes(':'));
  const isThere = near && (await stat(file).then((found) => found.isFile(), () => false));
  return isThere ? names.map(encodeURIComponent).join('/') : undefined;
}

/** Compares the evidence files that lie beside a report with the sha256 that the report gives for each. */
async function compareEvidence(folder: string, report: Report): Promise<Compared> {
  const named = new Map(report.checks.flatMap(({ evidence }) => evidence.map(({ path, sha256 }) => [path, sha256] as const)));
  const mismatches: string[] = [];
  const absent: string[] = [];
  let bytes = 0;
  const isFolder = await lstat(join(folder, 'evidence')).then((found) => found.isDirectory(), () => false);
  if (named.size > 0 && !isFolder) return { mismatches, remarks: [], missing: ['cites evidence, of which nothing lies beside it'] };
  for (const [path, sha256] of named) {
    if (!isInside(path)) {
      mismatches.push(`names evidence outside its own folder (${shown(path, 80)})`);
      continue;
    }
    if (bytes > evidenceLimitBytes) return { mismatches, remarks: ['the evidence of its report is larger than 1 GB and was not compared ' +
      'whole'] };
    const found = await withRegularFile(join(folder, path), async (handle, sizeBytes) => {
      bytes += sizeBytes;
      // A report holds no links: redaction removes them before it is published.
      const isLink = await lstat(join(folder, path)).then((entry) => entry.isSymbolicLink(), () => true);
      return isLink ? 'link' : await sha256OfHandle(handle);
    });
    if (isRefusal(found)) absent.push(path);
    else if (found !== sha256) mismatches.push(`says that ${shown(path, 80)} has another content than the file beside it`);
  }
  const [first] = absent;
  return { mismatches, remarks: [], missing: first === undefined ? [] : [`cites ${count(named.size, 'file')} of evidence, of which ` +
    `${absent.length} cannot be read beside it, the first is ${shown(first, 80)}`] };
}

/** `evidence/…` with plain names, whatever the system takes for a separator. */
function isInside(path: string): boolean {
  const [root, ...names] = path.split('/');
  return root === 'evidence' && names.length > 0 && names.every((name) => !['', '.', '..'].includes(name) && !/[\\\0]/.test(name));
}

/** A rendering is a function of its report: whatever stands beside one must be what this report gives, or nothing. */
async function compareRenderings(
  folder: string, report: Report, { reportSha256, told }: { readonly reportSha256: string; readonly told: readonly string[] },
): Promise<Compared> {
  const { version } = report.tool;
  if (version !== ownVersion) return { mismatches: [], remarks: [`its report is of frostgate ${shown(version, 40)}, so what stands ` +
    'beside it was not compared with it'] };
  const due = renderings.filter(({ file }) => !told.includes(file));
  const there = await Promise.all(due.map(async ({ file, render }) => (
    { file, render, bytes: await readSmallFile(join(folder, file), testResultLimitBytes) }
  )));
  const others = there.filter(({ render, bytes }) => (
    isRefusal(bytes) ? bytes.refused !== 'missing' : !bytes.equals(Buffer.from(render(report, reportSha256) ?? ''))
  )).map(({ file }) => file);
  return { mismatches: others.length === 0 ? [] : [`is told otherwise by what stands beside it: ${listed(others)}`], remarks: [] };
}

/** Compares the in-toto test result that lies beside a report with the report itself; nothing to say when there is none. */
async function compareTestResult(folder: string, report: Report, reportSha256: string): Promise<Compared> {
  const bytes = await readSmallFile(join(folder, 'test-result.json'), testResultLimitBytes);
  if (isRefusal(bytes)) return { mismatches: [], remarks: bytes.refused === 'missing' ? [] : ['the test-result.json beside its report ' +
    `was not compared: ${bytes.why}`] };
  const json = parseJson(bytes);
  const faults = statementFaults('why' in json ? undefined : json.value, report, reportSha256);
  return { mismatches: faults.map((fault) => `has a test-result.json beside it that ${fault}`), remarks: [] };
}

import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../../model/report.ts';
import { shown } from '../shown.ts';
import type { Compared } from './compared.ts';
import { sha256OfHandle } from './hash.ts';
import { isRefusal, withRegularFile } from './regular-file.ts';

/** Reading this much takes about a second; what a report names beyond it is told, not read. */
const bytesLimit = 1_000_000_000;

/** Compares the evidence files that lie beside a report with the sha256 that the report gives for each. */
export async function compareEvidence(folder: string, report: Report): Promise<Compared> {
  const named = new Map(report.checks.flatMap(({ evidence }) => evidence.map(({ path, sha256 }) => [path, sha256] as const)));
  const mismatches: string[] = [];
  const missing: string[] = [];
  let bytes = 0;
  if (named.size > 0 && !(await isFolder(join(folder, 'evidence')))) return { mismatches, remarks: ['the evidence of its report does ' +
    'not lie beside it and was not compared'] };
  for (const [path, sha256] of named) {
    if (!isInside(path)) {
      mismatches.push(`names evidence outside its own folder (${shown(path, 80)})`);
      continue;
    }
    if (bytes > bytesLimit) return { mismatches, remarks: ['the evidence of its report is larger than 1 GB and was not compared whole'] };
    // A report holds no links: redaction removes them before it is published.
    const found = await withRegularFile(join(folder, path), async (handle, sizeBytes) => {
      bytes += sizeBytes;
      return (await isLink(join(folder, path))) ? 'link' : await sha256OfHandle(handle, sizeBytes);
    });
    if (isRefusal(found)) missing.push(path);
    else if (found !== sha256) mismatches.push(`says that ${shown(path, 80)} has another content than the file beside it`);
  }
  const [first] = missing;
  if (first === undefined) return { mismatches, remarks: [] };
  return { mismatches, remarks: [`${missing.length} of the ${named.size} evidence files of its report cannot be read, the first is ` +
    shown(first, 80)] };
}

/** `evidence/…` with plain names, whatever the system takes for a separator. */
function isInside(path: string): boolean {
  const [root, ...names] = path.split('/');
  return root === 'evidence' && names.length > 0 && names.every((name) => !['', '.', '..'].includes(name) && !/[\\\0]/.test(name));
}

async function isFolder(path: string): Promise<boolean> {
  return await lstat(path).then((found) => found.isDirectory(), () => false);
}

async function isLink(path: string): Promise<boolean> {
  return await lstat(path).then((found) => found.isSymbolicLink(), () => true);
}

import { z } from 'zod';
import { messageOf } from '../../model/errors.ts';
import { reportSchema, schemaVersion, type Report } from '../../model/report.ts';
import { shown } from '../shown.ts';
import { keyFault } from './duplicate-keys.ts';

/** Why bytes are no report of this version. */
export type NoReport = { readonly kind: 'unreadable' | 'other-schema'; readonly why: string };

/**
 * Reads the bytes of a report.json: UTF-8, JSON without a key twice, schema version, then strictly by the schema.
 */
export function parseReport(bytes: Uint8Array): Report | NoReport {
  const json = parseJson(bytes);
  if ('why' in json) return json;
  const { value, text } = json;
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) {
    return unreadable('it is no report of frostgate: it has no schemaVersion');
  }
  if (value.schemaVersion !== schemaVersion) {
    const version = typeof value.schemaVersion === 'number' ? value.schemaVersion : 'unknown';
    return { kind: 'other-schema', why: `its schema version is ${version}, this gate reads ${schemaVersion}` };
  }
  const fault = keyFault(text);
  if (fault !== undefined) return unreadable(fault);
  const parsed = reportSchema.safeParse(value);
  return parsed.success ? parsed.data : unreadable(`it does not fit the report schema ${problemOf(parsed.error)}`);
}

/** The value of bytes that are JSON in UTF-8, and their text. */
export function parseJson(bytes: Uint8Array): { value: unknown; text: string } | NoReport {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { value: JSON.parse(text), text };
  } catch (error) {
    if (bytes.length === 0) return unreadable('it is empty');
    return unreadable(error instanceof SyntaxError ? `it is not whole JSON (${shown(messageOf(error), 160)})` : 'it is not UTF-8 text');
  }
}

function unreadable(why: string): NoReport {
  return { kind: 'unreadable', why };
}

/** The first thing that does not fit a schema: where, and why. */
export function problemOf({ issues: [first] }: z.ZodError): string {
  return first === undefined ? '' : `at ${shown(z.core.toDotPath(first.path) || 'the top', 100)} (${shown(first.message, 160)})`;
}

/** What the gate needs of a report: without excerpts, remedies and courses fifty of them fit into memory. */
export function essential(report: Report): Report {
  const checks = report.checks.map(
    (check) => ({ ...check, evidence: check.evidence.map(({ path, sha256, title }) => ({ path, sha256, title })) }),
  );
  const findings = report.findings.map((finding) => ({ ...finding, args: {}, remedy: '', line: '' }));
  const contents = report.contents && { ...report.contents, sizes: [] };
  const previous = report.previous && { ...report.previous, contents: undefined };
  return { ...report, previous, checks, findings, contents, startUps: [], memoryCourses: [] };
}

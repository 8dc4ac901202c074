import { join } from 'node:path';
import { z } from 'zod';
import type { Report } from '../../model/report.ts';
import type { Compared } from './compared.ts';
import { isRefusal, readSmallFile } from './regular-file.ts';

/** What actions/attest takes at most: https://github.com/actions/attest. */
const limitBytes = 16_000_000;

const digest = z.object({ sha256: z.string().optional() }).optional();

// https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md, as far as it is compared here.
const statement = z.object({
  subject: z.array(z.object({ digest })),
  predicate: z.object({ result: z.string(), configuration: z.array(z.object({ name: z.string().optional(), digest })) }),
});

/** Compares the in-toto test result that lies beside a report with the report itself; nothing to say when there is none. */
export async function compareTestResult(folder: string, report: Report, reportSha256: string): Promise<Compared> {
  const bytes = await readSmallFile(join(folder, 'test-result.json'), limitBytes);
  if (isRefusal(bytes)) return { mismatches: [], remarks: bytes.refused === 'missing' ? [] : ['the test-result.json beside its report ' +
    `was not compared: ${bytes.why}`] };
  const parsed = statement.safeParse(parsedOrUndefined(bytes));
  if (!parsed.success) return { mismatches: ['has a test-result.json beside it that is no in-toto test result'], remarks: [] };
  const { subject, predicate } = parsed.data;
  const named = predicate.configuration.find(({ name }) => name === 'report.json')?.digest?.sha256;
  const mismatches = [
    ...(named === reportSha256 ? [] : ['has a test-result.json beside it that is about another report.json']),
    ...(subject.length > 0 && subject.every((item) => item.digest?.sha256 === report.subject?.sha256Before) ? [] : [
      'has a test-result.json beside it that is about another executable',
    ]),
    // The other way round is right: a partial run that passed is FAILED there.
    ...(predicate.result === 'PASSED' && report.verdict.outcome !== 'pass' ? ['has a test-result.json beside it that says PASSED'] : []),
  ];
  return { mismatches, remarks: [] };
}

function parsedOrUndefined(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

import { z } from 'zod';
import type { Report } from '../../model/report.ts';

const digest = z.object({ sha256: z.string().optional(), dirHash: z.string().optional() }).optional();

// https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md, as far as it is compared here.
const schema = z.object({
  predicateType: z.literal('https://in-toto.io/attestation/test-result/v0.1'),
  subject: z.array(z.object({ digest })),
  predicate: z.object({ result: z.string(), configuration: z.array(z.object({ name: z.string().optional(), digest })) }),
});

/** What an in-toto statement says otherwise than the report whose test result it should be; each reads on after "it". */
export function statementFaults(statement: unknown, report: Report, reportSha256: string): string[] {
  const parsed = schema.safeParse(statement);
  if (!parsed.success) return ['is no in-toto test result'];
  const { subject, predicate } = parsed.data;
  const named = predicate.configuration.find(({ name }) => name === 'report.json')?.digest?.sha256;
  const { sha256Before, tree } = report.subject ?? {};
  const owed = [`sha256 ${sha256Before}`, ...(tree === undefined ? [] : [`dirHash ${tree.dirHash}`])];
  const said = subject.flatMap((item) => Object.entries(item.digest ?? {}).map((entry) => entry.join(' ')));
  const isAbout = said.every((one) => owed.includes(one)) && owed.every((one) => said.includes(one));
  return [
    ...(named === reportSha256 ? [] : ['is about another report.json']),
    ...(isAbout ? [] : ['is about another executable']),
    // The other way round is right: a partial run that passed is FAILED there.
    ...(predicate.result === 'PASSED' && report.verdict.outcome !== 'pass' ? ['says PASSED'] : []),
  ];
}

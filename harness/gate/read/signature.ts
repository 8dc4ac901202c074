import { join } from 'node:path';
import { bundleFromJSON } from '@sigstore/bundle';
import { messageOf } from '../../model/errors.ts';
import type { Report } from '../../model/report.ts';
import { shown } from '../shown.ts';
import { parseJson } from './parse-report.ts';
import { isRefusal, readSmallFile } from './regular-file.ts';
import { statementFaults } from './statement.ts';
import { readTrusted, type Trusted, type Verify } from './trust.ts';

/** Whose signature of the test result stands beside a report, or why there is none that holds. */
export type Signature = { readonly by: string } | { readonly why: string };

/** Where the signed test result lies: a Sigstore bundle with an in-toto statement in it. */
export const signatureFile = 'test-result.sigstore.json';

/** What actions/attest takes at most, and its signature. */
const limitBytes = 20_000_000;

const payloadType = 'application/vnd.in-toto+json';

/** Reads whose signature lies in a report's folder. */
export type ReadSignature = (folder: string, report: Report, reportSha256: string) => Promise<Signature>;

/** How signatures are read by somebody who trusts so. @throws {UsageError} for a file that is no key or no trusted root. */
export async function signatureReader(trusted: Trusted): Promise<ReadSignature> {
  const verify = await readTrusted(trusted);
  return (folder, report, reportSha256) => readSignature(folder, report, reportSha256, verify);
}

/** Verifies what is signed beside a report, and that it is the test result of that report. */
async function readSignature(folder: string, report: Report, reportSha256: string, verify: Verify): Promise<Signature> {
  const bytes = await readSmallFile(join(folder, signatureFile), limitBytes);
  if (isRefusal(bytes)) {
    return { why: bytes.refused === 'missing' ? `no ${signatureFile} lies beside it` : `${signatureFile}: ${bytes.why}` };
  }
  const json = parseJson(bytes);
  if ('why' in json) return { why: `${signatureFile}: ${json.why}` };
  try {
    const bundle = bundleFromJSON(json.value);
    if (bundle.content.$case !== 'dsseEnvelope') return { why: `${signatureFile} holds no in-toto statement` };
    const by = verify(bundle);
    const { payload, payloadType: type } = bundle.content.dsseEnvelope;
    if (type !== payloadType) return { why: 'what is signed is of another type' };
    const statement = parseJson(payload);
    if ('why' in statement) return { why: `what is signed: ${statement.why}` };
    const [fault] = statementFaults(statement.value, report, reportSha256);
    return fault === undefined ? { by: shown(by, 200) } : { why: `what is signed ${fault}` };
  } catch (error) {
    return { why: `the signature does not hold: ${shown(messageOf(error), 200)}` };
  }
}

import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bundleToJSON } from '@sigstore/bundle';
import { DSSEBundleBuilder } from '@sigstore/sign';
import type { ReleaseOnDisk } from './release.testing.ts';

/** A key pair made for a test: what `cosign generate-key-pair` makes, ECDSA on P-256. */
export function keyPair(): { readonly pem: string; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { pem: String(publicKey.export({ type: 'spki', format: 'pem' })), privateKey };
}

/** Signs a statement as `cosign attest-blob --key` does: a DSSE envelope in a Sigstore bundle, by Sigstore's own library. */
export async function signed(statement: Buffer, privateKey: KeyObject, type = 'application/vnd.in-toto+json'): Promise<string> {
  const signer = { sign: async (data: Buffer) => ({
    signature: sign('sha256', data, privateKey), key: { $case: 'publicKey', publicKey: '', hint: 'release' } as const,
  }) };
  const bundle = await new DSSEBundleBuilder({ signer, witnesses: [] }).create({ data: statement, type });
  return JSON.stringify(bundleToJSON(bundle));
}

/** Signs the test result that lies beside each report of a release, as it lies there. */
export async function signAll(release: ReleaseOnDisk, platforms: readonly string[], privateKey: KeyObject): Promise<void> {
  for (const platform of platforms) {
    const statement = readFileSync(release.path('reports', platform, 'test-result.json'));
    release.file(`reports/${platform}/test-result.sigstore.json`, await signed(statement, privateKey));
  }
}

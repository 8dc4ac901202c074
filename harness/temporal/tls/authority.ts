import { generateKeyPair, randomBytes, type KeyPairSyncResult } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';

/** A key pair, both parts as PEM. */
export type Keys = KeyPairSyncResult<string, string>;

/** Somebody who signs certificates. */
export type Authority = {
  /** Its own certificate, as PEM. */
  readonly cert: string;
  /** The certificate, as PEM, of a server of these names and addresses, or of a client. */
  issue(keys: Keys, whose: { readonly names: readonly string[] } | 'client'): string;
};

/** Clocks differ a little; nothing is to be of use after the run. */
const validity = { beforeMs: 3_600_000, afterMs: 86_400_000 };

const generate = promisify(generateKeyPair);

/** New keys of 2,048 bits: every TLS library takes them, and they need not last. */
export function newKeys(): Promise<Keys> {
  return generate('rsa', {
    modulusLength: 2_048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** What is in a subjectAltName (RFC 5280, section 4.2.1.6): type 7 is an address, 2 a name. */
const altName = (name: string): object => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name });

/** A new one, whom nobody trusts yet. Node makes keys but no certificates: a library signs them. */
export async function newAuthority(title: string): Promise<Authority> {
  const [{ default: { md, pki } }, own] = await Promise.all([import('node-forge'), newKeys()]);
  const ownKey = pki.privateKeyFromPem(own.privateKey);
  const signed = (publicKey: string, subject: string, extensions: object[]): string => {
    const certificate = pki.createCertificate();
    certificate.publicKey = pki.publicKeyFromPem(publicKey);
    certificate.serialNumber = `01${randomBytes(15).toString('hex')}`; // positive
    certificate.validity.notBefore = new Date(Date.now() - validity.beforeMs);
    certificate.validity.notAfter = new Date(Date.now() + validity.afterMs);
    certificate.setSubject([{ name: 'commonName', value: subject }]);
    certificate.setIssuer([{ name: 'commonName', value: title }]);
    certificate.setExtensions(extensions);
    certificate.sign(ownKey, md.sha256.create());
    return pki.certificateToPem(certificate);
  };
  return {
    cert: signed(own.publicKey, title, [
      { name: 'basicConstraints', cA: true, critical: true }, { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      { name: 'subjectKeyIdentifier' },
    ]),
    issue({ publicKey }, whose) {
      const names = whose === 'client' ? ['worker'] : whose.names;
      return signed(publicKey, names[0] ?? '', [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
        { name: 'extKeyUsage', [whose === 'client' ? 'clientAuth' : 'serverAuth']: true },
        { name: 'subjectAltName', altNames: names.map(altName) },
      ]);
    },
  };
}

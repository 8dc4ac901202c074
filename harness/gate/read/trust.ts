import { createPublicKey, createHash, type KeyObject } from 'node:crypto';
import type { Bundle } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { messageOf, UsageError } from '../../model/errors.ts';
import { isRefusal, readSmallFile } from './regular-file.ts';

/** Whom the gate believes; every path is absolute. */
export type Trusted = {
  /** A public key in PEM: whoever has the private one signs. */
  readonly key: string | undefined;
  /** A trusted root of Sigstore (trusted_root.json): certificates of its authorities are believed, of the signer alone. */
  readonly root: string | undefined;
  /** The identity in the signer's certificate, word for word: of a workflow its address with the branch or tag, of a person the mail. */
  readonly signer: string | undefined;
};

/**
 * Verifies the signature of a bundle, without any network, and says whose it is.
 * @throws {Error} of the library where it does not hold, or is somebody else's.
 */
export type Verify = (bundle: Bundle) => string;

/** A key or a root takes a few kilobytes. */
const limitBytes = 1_000_000;

/**
 * Reads key and root. Sigstore's own library judges: a certificate needs an entry in a transparency log and a timestamp of the root, a key
 * alone needs neither. https://docs.sigstore.dev/about/bundle/
 * @throws {UsageError} for a file that is neither.
 */
export async function readTrusted({ key, root, signer }: Trusted): Promise<Verify> {
  const trustedKey = key === undefined ? undefined : await publicKeyIn(key);
  const material = toTrustMaterial(root === undefined ? nothing : await rootIn(root), () => {
    if (trustedKey === undefined) throw new Error('it is signed by a key, and no --trusted-key was given');
    return { publicKey: trustedKey, validFor: () => true };
  });
  const ofKey = new Verifier(material, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 });
  const ofCertificate = new Verifier(material);
  return (bundle) => {
    const entity = toSignedEntity(bundle);
    if (entity.key.$case === 'public-key') {
      ofKey.verify(entity);
      return `the key sha256:${fingerprintOf(trustedKey)}`;
    }
    if (signer === undefined) throw new Error('it is signed by a certificate, and no --trusted-root was given');
    // The library takes it for a pattern.
    const exactly = `^${signer.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}$`;
    const { identity } = ofCertificate.verify(entity, { subjectAlternativeName: exactly });
    return identity?.subjectAlternativeName ?? signer;
  };
}

const nothing = TrustedRoot.fromJSON({ mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1' });

async function publicKeyIn(file: string): Promise<KeyObject> {
  const bytes = await read(file);
  try {
    return createPublicKey(bytes);
  } catch (cause) {
    throw new UsageError(`--trusted-key ${file}: it is no public key in PEM (${messageOf(cause)})`, { cause });
  }
}

async function rootIn(file: string): Promise<TrustedRoot> {
  const bytes = await read(file);
  try {
    const root = TrustedRoot.fromJSON(JSON.parse(bytes.toString()));
    if (root.certificateAuthorities.length === 0) throw new Error('it names no certificate authority');
    toTrustMaterial(root);
    return root;
  } catch (cause) {
    throw new UsageError(`--trusted-root ${file}: it is no trusted root of Sigstore (${messageOf(cause)}); make one with ` +
      '`cosign trusted-root create` or `gh attestation trusted-root`', { cause });
  }
}

async function read(file: string): Promise<Buffer> {
  const bytes = await readSmallFile(file, limitBytes);
  if (isRefusal(bytes)) throw new UsageError(`${file} cannot be read: ${bytes.why}`);
  return bytes;
}

/** Of a key as a certificate has it (RFC 5280, SubjectPublicKeyInfo): what `openssl pkey -pubin -outform DER | sha256sum` says. */
function fingerprintOf(key: KeyObject | undefined): string {
  const bytes = key?.export({ type: 'spki', format: 'der' }) ?? Buffer.alloc(0);
  return createHash('sha256').update(bytes).digest('hex');
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { plainName } from '../../system/plain-name.ts';
import { newAuthority, newKeys } from './authority.ts';
import type { Shown } from './greeter.ts';

/** Every certificate of a run. */
export type Certificates = {
  /** What a worker may be told: paths of PEM files, what is in them, and the name in the server's certificate. */
  readonly told: Readonly<Record<'ca' | 'cert' | 'key' | 'caPem' | 'certPem' | 'keyPem' | 'serverName', string>>;
  /** A file with the run's authority beside all those that are trusted elsewhere, as SSL_CERT_FILE names one. */
  readonly store: string;
  /** What servers show: what is right, what nobody signed who is trusted, what is for another name. */
  readonly servers: Readonly<Record<'right' | 'unknown' | 'misnamed', Shown>>;
};

/** Where a server of ours listens. */
const loopback = ['localhost', '127.0.0.1', '::1'];

type Wanted = {
  /** The server has a name of its own, which the worker is told; else those of this machine. */
  readonly isToldServerName: boolean;
  /** The server asks for a client certificate. */
  readonly hasCertificate: boolean;
};

/** Makes them, and the files in a folder of their own, which nobody else may read. Top-level domain `test`: RFC 6761, section 6.2. */
export async function makeCertificates(folder: string, { isToldServerName, hasCertificate }: Wanted): Promise<Certificates> {
  const [own, unknown, keys, clientKeys] = await Promise.all([
    newAuthority('authority of this run'), newAuthority('authority of nobody'), newKeys(), newKeys(),
  ]);
  const serverName = `${plainName()}.test`;
  const names = isToldServerName ? [serverName] : loopback;
  const shown = (cert: string): Shown => ({ cert, key: keys.privateKey, clientCa: hasCertificate ? own.cert : undefined });
  const client = { cert: own.issue(clientKeys, 'client'), key: clientKeys.privateKey };
  mkdirSync(folder, { mode: 0o700 });
  const written = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  return {
    told: {
      ca: written('ca.pem', own.cert), cert: written('client.pem', client.cert), key: written('client.key', client.key),
      caPem: own.cert, certPem: client.cert, keyPem: client.key, serverName,
    },
    store: written('store.pem', [own.cert, ...rootCertificates].join('\n')),
    servers: {
      right: shown(own.issue(keys, { names })), unknown: shown(unknown.issue(keys, { names })),
      misnamed: shown(own.issue(keys, { names: [`${plainName()}.test`] })),
    },
  };
}

import { X509Certificate } from 'node:crypto';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Greeter } from '../forwarder.ts';

/** With what a server shows who it is: its certificate and its private key, as PEM. */
export type Shown = {
  readonly cert: string;
  readonly key: string;
  /** The authority by whom a client must be signed, as PEM; undefined where none is asked for a certificate. */
  readonly clientCa: string | undefined;
};

/** How one client came. */
export type Arrival = {
  /** `open` once it has said something; until then it may still go. */
  readonly state: 'greeting' | 'open' | 'refused';
  readonly how: 'tls' | 'plain';
  /** Why a handshake failed, in the words of OpenSSL: an alert is the client's own. */
  readonly why: string | undefined;
  /** The name by which it called the server (RFC 6066, section 3); undefined where it called an address. */
  readonly serverName: string | undefined;
  readonly certificate: 'none' | 'ours' | 'another';
};

/** The first byte of a TLS record that holds a handshake (RFC 8446, section 5.1); HTTP/2 begins with a letter. */
const handshake = 22;

/**
 * Speaks TLS with whoever begins it, and lets through as it is who does not: what that one says is seen as well then. Nobody is turned
 * away, whatever certificate is shown: who does what is told.
 */
export function greetByTls({ cert, key, clientCa }: Shown, tell: (arrival: Arrival) => void): Greeter {
  const secureContext = createSecureContext({ cert, key, ...(clientCa !== undefined && { ca: clientCa }) });
  return (raw, go) => {
    const arrival: { -readonly [Key in keyof Arrival]: Arrival[Key] } = {
      state: 'greeting', how: 'plain', why: undefined, serverName: undefined, certificate: 'none',
    };
    raw.once('data', (first: Buffer) => {
      raw.pause();
      raw.unshift(first);
      tell(arrival);
      if (first[0] !== handshake) {
        arrival.state = 'open';
        return go(raw);
      }
      arrival.how = 'tls';
      // Who refuses a certificate by going, without a word, has refused it too.
      raw.once('close', () => {
        if (arrival.state === 'greeting') arrival.state = 'refused';
      });
      const client = new TLSSocket(raw, {
        isServer: true, secureContext, requestCert: clientCa !== undefined, rejectUnauthorized: false, ALPNProtocols: ['h2'],
      });
      client.on('error', (error: Error) => {
        arrival.why ??= 'reason' in error ? String(error.reason) : error.message;
        raw.destroy();
      });
      // Half of a connection is of use to nobody who has not said anything.
      client.once('end', () => {
        if (arrival.state === 'greeting') raw.destroy();
      });
      client.once('secure', () => {
        arrival.serverName = typeof client.servername === 'string' ? client.servername : undefined;
        arrival.certificate = certificateOf(client, clientCa);
        client.once('data', () => void (arrival.state = 'open'));
        go(client);
      });
    });
  };
}

function certificateOf(client: TLSSocket, clientCa = ''): Arrival['certificate'] {
  const shown = client.getPeerX509Certificate();
  if (shown === undefined) return 'none';
  const { publicKey } = new X509Certificate(clientCa);
  return shown.verify(publicKey) ? 'ours' : 'another';
}

import type { Expectation } from './expectation.ts';

// How a worker comes to a server that wants TLS or an API key: each mistake, and workers that make none.

const own = (name: string): string => `TEMPORAL_TLS_${name}`;
/** By the system's store, and with a key. */
const byStore: Expectation['contract'] = {
  'temporal.tls': true, 'temporal.apiKey': 'TEMPORAL_API_KEY', 'environment.TEMPORAL_TLS': { value: 'true' },
};
const certificate = { cert: own('CLIENT_CERT_PATH'), key: own('CLIENT_KEY_PATH') };

const areas = ['startup', 'registration', 'environment.tls', 'environment.secrets'];

const red = (variant: string, because: RegExp, contract = byStore): Expectation => (
  { variant, contract, only: ['environment.tls'], red: { 'environment.tls': because } }
);

export const tlsExpectations: readonly Expectation[] = [
  { variant: 'honest', title: 'by TLS, trusted by the system, with an API key', contract: byStore, only: areas, red: {} },
  {
    variant: 'own-tls-variables', title: 'by TLS as Temporal configures it, with a certificate', only: areas, red: {},
    contract: { 'temporal.tls': { ca: own('SERVER_CA_CERT_PATH'), ...certificate, serverName: own('SERVER_NAME') },
      'temporal.apiKey': 'TEMPORAL_API_KEY' },
  },
  {
    variant: 'own-tls-variables', title: 'by TLS as Temporal configures it, by contents', only: ['startup', 'environment.tls'], red: {},
    contract: { 'temporal.tls': true, ...Object.fromEntries([
      ['SERVER_CA_CERT_DATA', 'caPem'], ['CLIENT_CERT_DATA', 'certPem'], ['CLIENT_KEY_DATA', 'keyPem'],
    ].map(([name, place]) => [`environment.TEMPORAL_TLS_${name}`, { value: `{temporal.${place}}`, secret: place === 'keyPem' }])) },
  },
  red('trusts-every-certificate', /nobody signed whom it was told to trust, and one whose certificate is for another name/),
  red('trusts-every-name', /^it trusts a server whose certificate is for another name\n/),
  red('key-without-tls', /it sends its API key without TLS/),
  red('gives-up-tls', /it sends its API key without TLS/),
  red('drops-api-key', /it calls the server without its API key: .*GetSystemInfo/),
  red('drops-api-key-later', /it calls the server without its API key: .*Poll/),
  {
    ...red('honest', /it shows no client certificate/, { ...byStore, 'temporal.tls': certificate }),
    title: 'a certificate that it never shows',
  },
  {
    variant: 'trusts-its-own', contract: byStore, only: ['startup.ready'], red: {},
    unjudged: { 'startup.ready': /does not trust the authority of this run \(.*\), which it has to trust by SSL_CERT_FILE/ },
  },
];

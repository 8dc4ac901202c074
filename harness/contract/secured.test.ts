import { describe, expect, test } from 'vitest';
import { UsageError } from '../model/errors.ts';
import { environmentCases } from './cases.ts';
import { parseContract } from './load.ts';
import { securedOf, securedPointers } from './secured.ts';

const contract = (temporal: string, rest = '') => parseContract(`worker: w
temporal:
  address: TEMPORAL_ADDRESS
${temporal}
registers: { workflows: [Greet] }
${rest}`, 'c');

function refusal(temporal: string, rest = ''): string {
  try {
    contract(temporal, rest);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
  }
  return 'accepted';
}

const nothing = { isToldCa: false, isToldServerName: false, hasCertificate: false, hasApiKey: false };
const key = 'environment: { TEMPORAL_API_KEY: { secret: true } }';

describe('what is promised', () => {
  test.for<[string, string, string, ReturnType<typeof securedOf>]>([
    ['nothing', '', '', undefined],
    ['TLS', '  tls: true', '', nothing],
    ['TLS, by an empty mapping', '  tls: {}', '', nothing],
    ['TLS with an authority by a flag', '  tls: { ca: --tls-ca }', '', { ...nothing, isToldCa: true }],
    ['a certificate and a name', '  tls: { cert: CERT, key: KEY, serverName: NAME }', '',
      { ...nothing, isToldServerName: true, hasCertificate: true }],
    ['an API key, which promises TLS', '  apiKey: TEMPORAL_API_KEY', key, { ...nothing, hasApiKey: true }],
    ['by placeholders alone', '', 'environment: { OPTIONS: { value: "ca={temporal.caPem} key={temporal.apiKey}", secret: true } }',
      { ...nothing, isToldCa: true, hasApiKey: true }],
  ])('%s', ([, temporal, rest, secured]) => expect(securedOf(contract(temporal, rest))).toEqual(secured));
});

test('who is told what, by which variable or flag', () => {
  expect(securedPointers(contract('  tls: { ca: --ca, serverName: NAME }\n  apiKey: TEMPORAL_API_KEY', key))).toEqual([
    { what: 'ca', name: '--ca' }, { what: 'serverName', name: 'NAME' }, { what: 'apiKey', name: 'TEMPORAL_API_KEY' },
  ]);
});

test('a value that holds such a placeholder is the harness\'s, no case', () => {
  const { environment, ...rest } = contract('', 'environment: { OPTIONS: { value: "{temporal.ca}" } }');
  expect(environmentCases({ ...rest, environment }, 'x')).toEqual([]);
});

test.for<[string, string, string]>([
  ['  tls: yes', '', 'c:4: temporal.tls: expected true, or a mapping with ca, cert, key, serverName, got "yes"'],
  ['  tls: false', '', 'c:4: temporal.tls: expected true, or a mapping with ca, cert, key, serverName, got false'],
  ['  tls: { caa: X }', '', 'c:4: temporal.tls.caa: unknown key; did you mean ca?'],
  ['  tls: { ca: "a b" }', '', 'c:4: temporal.tls.ca: expected the name of an environment variable or a --flag, got "a b"'],
  ['  tls: { cert: CERT }', '', 'c:4: temporal.tls.key: is missing beside CERT: a certificate and its private key are of use together ' +
    'only'],
  ['  tls: { key: KEY }', '', 'c:4: temporal.tls.cert: is missing beside KEY: a certificate and its private key are of use together only'],
  ['  tls: { cert: PEM, key: PEM }', '', 'c:4: temporal.tls: one variable cannot be told two things: PEM'],
  ['  apiKey: --api-key', '', 'c:4: temporal.apiKey: expected the name of an environment variable: what is on a command line is no ' +
    'secret, got "--api-key"'],
  ['  apiKey: TEMPORAL_API_KEY', '', 'c:4: temporal.apiKey: TEMPORAL_API_KEY must be in environment with secret: true, so that the key ' +
    'is looked for wherever it must not be'],
  ['  tls: { ca: CA }', 'environment: { CA: { value: /ca.pem } }',
    'c:6: environment.CA.value: the harness sets this variable itself: it is in temporal'],
  ['  tls: true', 'environment: { CA: { value: "{temporal.caa}" } }',
    'c:6: environment.CA.value: unknown placeholder {temporal.caa}; did you mean {temporal.ca}?'],
  ['  tls: true', 'arguments: [serve, "--key={temporal.apiKey}"]', 'c:6: arguments[1]: what is on a command line is no secret: hand it ' +
    'over by a variable or a file'],
  ['  tls: true', 'environment: { PEM: { value: "{temporal.keyPem}" } }', 'c:6: environment.PEM.value: holds a key: write secret: true ' +
    'beside it'],
  ['  tls: true', 'services: [{ name: temporal, kind: redis }]',
    'c:6: services[0]: "temporal" means something else in from and reaches; choose another name'],
])('%s %s', ([temporal, rest, message]) => expect(refusal(temporal, rest)).toBe(message));

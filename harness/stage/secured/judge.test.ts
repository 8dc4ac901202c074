import { expect, test } from 'vitest';
import { CheckFailed, CouldNotJudge } from '../../model/errors.ts';
import type { Arrival } from '../../temporal/tls/greeter.ts';
import type { SeenCall } from '../polling.ts';
import { distrust, judgeCertificate, judgeKey, judgePlain, judgeTrust } from './judge.ts';

const arrival = (more: Partial<Arrival> = {}): Arrival => (
  { state: 'open', how: 'tls', why: undefined, serverName: undefined, certificate: 'none', ...more }
);
const call = (name: string, authorization?: string, how: SeenCall['how'] = 'tls'): SeenCall => (
  { path: `/temporal.api.workflowservice.v1.WorkflowService/${name}`, authorization, how }
);
const way = (arrivals: readonly Arrival[], calls: readonly SeenCall[] = []) => ({ arrivals, calls });
const secured = { isToldCa: false, isToldServerName: false, hasCertificate: false, hasApiKey: false };
const key = 'k7f3'.repeat(10);
const bearer = `Bearer ${key}`;

function said(judge: () => void): string {
  try {
    judge();
  } catch (error) {
    if (error instanceof CheckFailed) return `${error.message} | ${error.difference.got}`;
    if (error instanceof CouldNotJudge) return `could not judge: ${error.message}`;
    throw error;
  }
  return 'fine';
}

test('what is said without TLS, with and without the key', () => {
  const plain = arrival({ how: 'plain' });
  expect(said(() => judgePlain([way([arrival()], [call('GetSystemInfo', bearer)])], key))).toBe('fine');
  expect(said(() => judgePlain([way([arrival(), plain], [call('GetSystemInfo', bearer, 'plain')])], key))).toBe('it sends its API key ' +
    'without TLS | a connection without TLS: GetSystemInfo, with its API key');
  expect(said(() => judgePlain([way([plain], [call('GetSystemInfo', undefined, 'plain')])], key))).toBe('it calls the server without ' +
    'TLS | a connection without TLS: GetSystemInfo');
  expect(said(() => judgePlain([way([plain])], undefined))).toBe('it calls the server without TLS | a connection without TLS');
});

test('who speaks to a server that it must not trust', () => {
  const at = (arrivals: readonly Arrival[], calls: readonly SeenCall[] = []) => (
    said(() => judgeTrust([{ which: 'is for another name', way: way(arrivals, calls) }], key))
  );
  expect(at([arrival({ state: 'refused', why: 'bad certificate' })])).toBe('fine');
  expect(at([arrival({ state: 'refused' }), arrival()], [call('GetSystemInfo', bearer)])).toBe('it trusts a server whose certificate is ' +
    'for another name | it calls that server: GetSystemInfo, with its API key');
  expect(at([arrival()])).toBe('it trusts a server whose certificate is for another name | it calls that server: by HTTP/2');
  const nobody = 'could not judge: it did not call the server whose certificate is for another name';
  expect([at([]), at([arrival({ state: 'greeting' })])]).toEqual([nobody, nobody]);
  const both = ['nobody signed', 'is for another name'].map((which) => ({ which, way: way([arrival()]) }));
  expect(said(() => judgeTrust(both, key))).toMatch(/whose certificate nobody signed, and one whose certificate is for another name/);
});

test('a client certificate is shown where one is promised', () => {
  const promised = { ...secured, hasCertificate: true };
  expect(said(() => judgeCertificate([way([arrival()])], secured))).toBe('fine');
  expect(said(() => judgeCertificate([way([arrival({ certificate: 'ours' }), arrival({ state: 'refused' })])], promised))).toBe('fine');
  expect(said(() => judgeCertificate([way([arrival({ certificate: 'ours' }), arrival()])], promised))).toMatch(/^it shows no client/);
  expect(said(() => judgeCertificate([way([arrival({ certificate: 'another' })])], promised))).toMatch(/^it shows another client/);
});

test('the key is shown with every call, as a bearer', () => {
  const at = (...calls: readonly SeenCall[]) => said(() => judgeKey([way([arrival()], calls)], key));
  expect(at(call('A', bearer), call('B', bearer))).toBe('fine');
  expect(at(call('A', bearer), call('B'))).toBe('it calls the server without its API key: B | B without its API key; A with it');
  expect(at(call('A', key))).toBe('it calls the server with its API key in another form: A | A with its API key in another form');
  expect(at(call('A', 'Bearer x'))).toBe('it calls the server with another API key: A | A with another API key');
  expect(said(() => judgeKey([way([], [call('A')])], undefined))).toBe('fine');
});

test('a worker that refuses the right server was told whom to trust, or has to find out', () => {
  const refused = way([arrival({ state: 'refused', why: 'tlsv1 alert unknown ca' })]);
  expect(distrust([refused], secured)).toMatch(/of this run \(tlsv1 alert unknown ca\), which it has to trust by SSL_CERT_FILE: is there/);
  expect(distrust([refused], { ...secured, isToldCa: true })).toMatch(/which it was told to trust$/);
  expect(distrust([refused, way([arrival()])], secured)).toBeUndefined();
  expect(distrust([], secured)).toBeUndefined();
});

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeCertificates } from './certificates.ts';

const folder = await mkdtemp(join(tmpdir(), 'frostgate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [plain, named] = await Promise.all([
  makeCertificates(join(folder, 'plain'), { isToldServerName: false, hasCertificate: false }),
  makeCertificates(join(folder, 'named'), { isToldServerName: true, hasCertificate: true }),
]);
const certificate = (pem: string): X509Certificate => new X509Certificate(pem);
const signedBy = (pem: string, ca: string): boolean => (
  certificate(pem).checkIssued(certificate(ca)) && certificate(pem).verify(certificate(ca).publicKey)
);

test('a server of ours has the names of this machine, signed by the authority that is told, for a day', () => {
  const { told: { ca, caPem }, servers: { right } } = plain;
  expect(readFileSync(ca, 'utf8')).toBe(caPem);
  expect(certificate(caPem).ca).toBe(true);
  const own = certificate(right.cert);
  expect(signedBy(right.cert, caPem)).toBe(true);
  expect(['localhost', 'other'].map((host) => own.checkHost(host))).toEqual(['localhost', undefined]);
  expect(['127.0.0.1', '127.0.0.2'].map((ip) => own.checkIP(ip))).toEqual(['127.0.0.1', undefined]);
  const days = (own.validToDate.getTime() - Date.now()) / 86_400_000;
  expect(own.validFromDate.getTime()).toBeLessThan(Date.now());
  expect(days).toBeGreaterThan(0.99);
  expect(days).toBeLessThanOrEqual(1);
  expect(own.checkPrivateKey(createPrivateKey(right.key))).toBe(true);
});

test('one that is told a name has that name only', () => {
  const own = certificate(named.servers.right.cert);
  expect(own.checkHost(named.told.serverName)).toBe(named.told.serverName);
  expect([own.checkHost('localhost'), own.checkIP('127.0.0.1')]).toEqual([undefined, undefined]);
});

test('what is wrong is wrong in one way', () => {
  const { told: { caPem }, servers: { unknown, misnamed } } = plain;
  expect(certificate(unknown.cert).checkHost('localhost')).toBe('localhost');
  expect(signedBy(unknown.cert, caPem)).toBe(false);
  expect(certificate(misnamed.cert).checkHost('localhost')).toBeUndefined();
  expect(signedBy(misnamed.cert, caPem)).toBe(true);
});

test('a client is asked for the certificate that it was given, where it was given one', () => {
  expect(plain.servers.right.clientCa).toBeUndefined();
  const { told, servers } = named;
  expect(signedBy(told.certPem, servers.right.clientCa ?? '')).toBe(true);
  expect(certificate(told.certPem).checkPrivateKey(createPrivateKey(readFileSync(told.key)))).toBe(true);
  expect(readFileSync(told.cert, 'utf8')).toBe(told.certPem);
});

test('what the system trusts otherwise is in the store too', () => {
  const text = readFileSync(plain.store, 'utf8');
  expect(text.startsWith(plain.told.caPem.trim().slice(0, 40))).toBe(true);
  expect(text.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(100);
});

test.skipIf(process.platform === 'win32')('nobody else may read them', () => {
  const { told: { key } } = plain;
  expect((statSync(key).mode & 0o777).toString(8)).toBe('600');
  expect((statSync(dirname(key)).mode & 0o777).toString(8)).toBe('700');
});

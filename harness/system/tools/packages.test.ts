import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { unpackNpmPackage, type NpmPackage } from './packages.ts';

const small: NpmPackage = {
  name: 'ms',
  version: '2.1.3',
  integrity: 'sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA==',
};

async function unpack(wanted: NpmPackage): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'frostgate-npm-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await unpackNpmPackage(wanted, folder, AbortSignal.timeout(20_000));
  return folder;
}

test('a package is unpacked as it was published', async () => {
  const folder = await unpack(small);
  expect(JSON.parse(readFileSync(join(folder, 'package', 'package.json'), 'utf8'))).toMatchObject({ name: 'ms', version: '2.1.3' });
});

test('a package with another hash is not unpacked', async () => {
  const integrity = small.integrity.replace('6Flzub', 'AAAAAA');
  await expect(unpack({ ...small, integrity })).rejects.toThrow(
    `could not fetch ms 2.1.3 with npm: it has ${small.integrity}, expected ${integrity}`,
  );
  expect(existsSync('package')).toBe(false);
});

test('a version that was never published has the reason of npm', async () => {
  await expect(unpack({ ...small, version: '2.1.99' })).rejects.toThrow(
    'could not fetch ms 2.1.99 with npm: npm error notarget No matching version found for ms@2.1.99.',
  );
});

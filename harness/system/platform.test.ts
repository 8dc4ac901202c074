import { Worker } from 'node:worker_threads';
import { execa } from 'execa';
import { afterEach, expect, test } from 'vitest';
import { machinePlatform, platformId, platformVariable } from './platform.ts';

const source = import.meta.resolve('./platform.ts');
const other = machinePlatform() === 'linux-arm64' ? 'linux-amd64' : 'linux-arm64';
const before = process.env[platformVariable];

afterEach(() => {
  if (before === undefined) delete process.env[platformVariable];
  else process.env[platformVariable] = before;
});

test('without the variable it is the machine, with it the platform that it names, in threads and child processes too', async () => {
  process.env[platformVariable] = '';
  expect(platformId()).toBe(machinePlatform());
  process.env[platformVariable] = other;
  expect(platformId()).toBe(other);
  const inThread = new Promise((resolve, reject) => {
    const code = `import { parentPort } from 'node:worker_threads'; import { platformId } from '${source}';
      parentPort.postMessage(platformId())`;
    new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`)).once('message', resolve).once('error', reject);
  });
  expect(await inThread).toBe(other);
  const code = `import { platformId } from '${source}'; console.log(platformId())`;
  expect((await execa(process.execPath, ['--input-type=module', '--eval', code])).stdout).toBe(other);
});

test('a platform that no worker is released for is refused by name', () => {
  process.env[platformVariable] = 'linux-riscv';
  expect(() => platformId()).toThrow(
    'FROSTGATE_PLATFORM: expected one of linux-amd64, linux-arm64, darwin-amd64, darwin-arm64, windows-amd64, got linux-riscv',
  );
});

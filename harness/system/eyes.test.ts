import { tmpdir } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { eyes } from '../model/eyes.ts';
import { eyeTitle, missingEyes } from './eyes.ts';

afterEach(() => void vi.unstubAllEnvs());

test('every eye has words, and what is not here is told with how to get it', async () => {
  expect(eyes.filter((eye) => eyeTitle(eye) === '')).toEqual([]);
  vi.stubEnv('PATH', tmpdir());
  expect(await missingEyes({ ownServer: false, emulatedBy: undefined })).toMatchObject({
    syscalls: expect.stringContaining('strace'),
    heartbeats: 'on a server that is not ours others may work: leave --temporal-address out',
  });
  expect(await missingEyes({ ownServer: true, emulatedBy: 'QEMU' })).toMatchObject({
    syscalls: 'QEMU ran it, whose own calls strace would see',
  });
});

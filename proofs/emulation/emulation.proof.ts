import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { asked } from '../support/asked.ts';
import { root } from '../support/command.ts';
import { test } from '../support/proof.ts';
import { armRoot } from './debian.ts';
import { frozenOnArm } from './frozen.ts';
import { sabotages } from './sabotages.ts';
import { lacking, verifyOnArm } from './verify-on-arm.ts';

// A worker of linux-arm64 is frozen and verified under QEMU: what is healthy passes, what is not is red for its reason.

const why = await lacking(AbortSignal.timeout(20_000));
const contract = join(root, 'fixtures/small-worker/worker-contract.yaml');
const timeout = 900_000;

describe('linux-arm64 under QEMU', () => {
  test('the small worker passes, and its report says who ran it', { timeout }, async ({ folder, signal, skip }) => {
    skip(why !== undefined, why);
    const arm = await armRoot(signal);
    const { report, told } = await verifyOnArm(arm, {
      folder: await frozenOnArm('small-worker', arm, signal), executable: 'small-worker', contract, options: ['--profile', 'quick'],
      reports: join(folder, 'reports'), timeoutMs: timeout, signal,
    });
    expect(report.verdict.outcome, told).toBe('pass');
    expect(report.verdict.sentence).toMatch(/^Emulated by QEMU/);
    expect(report.platform).toMatchObject({ id: 'linux-arm64', emulation: { by: expect.stringMatching(/^QEMU/) } });
    expect(report.platform.emulation?.slowdown).toBeGreaterThan(1);
    const unjudged = report.checks.filter(({ outcome, notLookedFor }) => outcome === 'not-applicable' && notLookedFor?.startsWith('QEMU'));
    expect(unjudged.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['performance.version', 'performance.ready', 'performance.memory', 'startup.network']),
    );
    expect(report.measurements.some(({ metric, limit }) => metric === 'performance.ready' && limit === undefined)).toBe(true);
  });

  test.skipIf(asked().sample).for(sabotages)('red: $name', { timeout }, async (sabotage, { folder, signal, skip }) => {
    skip(why !== undefined, why);
    const arm = await armRoot(signal);
    const { spec = 'small-worker', promises: [from, to] = ['', ''], check, reason } = sabotage;
    const text = readFileSync(contract, 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(folder, 'worker-contract.yaml'), text.replace(from, to));
    const { report, told } = await verifyOnArm(arm, {
      folder: await frozenOnArm('small-worker', arm, signal, sabotage), executable: spec, contract: join(folder, 'worker-contract.yaml'),
      options: ['--profile', 'quick', '--only', check], reports: join(folder, 'reports'), timeoutMs: timeout, signal,
    });
    const red = report.checks.find(({ id }) => id === check);
    expect(red?.outcome, told).toBe('fail');
    expect(red?.reason, told).toMatch(reason);
  });
});

import { afterEach, expect, test } from 'vitest';
import { machinePlatform, platformVariable } from '../system/platform.ts';
import type { Inputs } from './inputs.ts';
import { notVerified } from './not-verified.ts';
import type { Resources } from './resources.ts';

const other = machinePlatform() === 'linux-arm64' ? 'linux-amd64' : 'linux-arm64';
const before = process.env[platformVariable] ?? '';
const warnings = ['regression in the contract: nothing reads this yet'];
const sentences = () => notVerified({
  inputs: { context: {}, loaded: { warnings }, baselineAbsent: null } as unknown as Inputs,
  resources: { context: {}, busy: () => 'The machine was busy.' } as unknown as Resources, checks: [], collision: undefined,
});

afterEach(() => {
  process.env[platformVariable] = before;
});

test('a report says that its platform was named and is not the machine, and what of the contract nothing reads', () => {
  process.env[platformVariable] = machinePlatform();
  expect(sentences()).toContain('The machine was busy.');
  expect(sentences()).toContain('regression in the contract: nothing reads this yet.');
  expect(sentences().join('\n')).not.toContain('FROSTGATE_PLATFORM');
  process.env[platformVariable] = other;
  expect(sentences()).toContain(
    `That it runs on a machine of ${other}: this platform was named by --platform or FROSTGATE_PLATFORM, the machine is ` +
      `${machinePlatform()}.`,
  );
});

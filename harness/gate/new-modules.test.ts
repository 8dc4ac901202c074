import { expect, test } from 'vitest';
import type { Report } from '../model/report.ts';
import { sampleDecision, sampleReport } from '../report/sample-report.testing.ts';
import { newModulesRemark } from './new-modules.ts';
import type { LastReport } from './read/last-reports.ts';

const report = (names: string, more: Partial<Report> = {}) => (
  sampleReport({ modules: { from: 'baseline', names }, decisions: [sampleDecision()], ...more })
);
const last = (names: string, from: 'baseline' | 'archive' = 'baseline'): LastReport => (
  { file: 'last/report.json', platform: 'linux-amd64', sha256: undefined, contract: undefined, modules: { from, names } }
);

test('packages that are loaded since are named where the start is worse, the largest first', () => {
  const now = report('app jiter openai openai.types redis');
  expect(newModulesRemark(now, last('app redis'))).toBe(
    'linux-amd64: loaded before it is ready, and not in the last release: openai (2 modules), jiter (1 module).',
  );
  expect(newModulesRemark(now, last('app jiter openai openai.types redis'))).toBe(false);
});

test('nothing is said where the start is no worse, or sets of two kinds would be compared', () => {
  expect(newModulesRemark(report('app openai', { decisions: [sampleDecision({ answer: 'pass' })] }), last('app'))).toBe(false);
  expect(newModulesRemark(report('app openai'), last('app', 'archive'))).toBe(false);
  expect(newModulesRemark(report('app openai'), undefined)).toBe(false);
});

test('behind the end of a set that was cut nothing is new', () => {
  const cut: LastReport = { ...last(''), modules: { from: 'baseline', names: 'app jiter', omitted: 9 } };
  expect(newModulesRemark(report('app openai redis'), cut)).toBe(false);
  expect(newModulesRemark(report('app attrs openai'), cut)).toContain(': attrs (1 module).');
});

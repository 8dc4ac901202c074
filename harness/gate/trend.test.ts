import { expect, test } from 'vitest';
import type { Report } from '../model/report.ts';
import { decide } from './decide.ts';
import { faultless, readOf } from './read-release.testing.ts';
import { trendTables } from './render/markdown.ts';
import { releasesOf } from './render/rows.ts';
import { passingReport } from './sample.testing.ts';

const earlier = (platform: string, version: string, endedAt: string, sizeBytes: number): Report => {
  const report = passingReport(platform, version);
  return { ...report, tool: { ...report.tool, startedAt: endedAt, endedAt }, subject: report.subject && { ...report.subject, sizeBytes } };
};
const gateWith = (...reports: Report[]) => decide(faultless({ earlier: { read: reports.map(readOf), unread: [] } }));
const [march, january, mac] = [
  earlier('linux-amd64', '0.9.0', '2026-03-01T00:00:00Z', 66_000_000),
  earlier('linux-amd64', '0.8.0', '2026-01-01T00:00:00Z', 60_000_000),
  earlier('darwin-arm64', '0.9.0', '2026-03-02T00:00:00Z', 50_000_000),
];

test('the numbers of each platform stand in the order of time, this release last', () => {
  const [size, ready, memory] = gateWith(march, january, mac).trend;
  expect(
    size?.series.map(({ platform, points }) => [platform, points.map(({ version, value, current }) => [version, value, current])]),
  ).toEqual([
    ['linux-amd64', [['0.8.0', 60_000_000, false], ['0.9.0', 66_000_000, false], ['1.0.0', expect.any(Number), true]]],
    ['darwin-arm64', [['0.9.0', 50_000_000, false], ['1.0.0', expect.any(Number), true]]],
  ]);
  expect([ready?.series[0]?.points[0]?.value, memory?.series[0]?.points[0]?.value]).toEqual([1701, 149e6]);
});

test('a release that a platform lacks leaves a gap in its column', () => {
  const { trend } = gateWith(march, january, mac);
  expect(
    trend.slice(0, 1).flatMap(releasesOf).map(({ label, values }) => [label, values[0] !== undefined, values[1] !== undefined]),
  ).toEqual([
    ['0.8.0', true, false],
    ['0.9.0', true, true],
    ['1.0.0 (now)', true, true],
  ]);
  expect(trendTables(decide(faultless({ earlier: { read: [readOf(march)], unread: [] } })), Infinity)).toContain('| 0.9.0 | 66 MB | – |');
});

test('it is never judged: a release ten times as large and red in its day changes no verdict', () => {
  const bad = earlier('linux-amd64', '0.9.0', '2026-03-01T00:00:00Z', 5);
  expect(gateWith({ ...bad, interrupted: 'SIGINT', checks: [] }).verdict.outcome).toBe('pass');
});

test('without earlier reports, or with this release’s own, there is no trend', () => {
  expect(gateWith().trend).toEqual([]);
  expect(gateWith(passingReport('linux-amd64')).trend).toEqual([]);
});

test('what is printed as a version is named by its number, by all of it, or by the day', () => {
  const labels = (version: string) => {
    const report = earlier('linux-amd64', '1', '2026-03-01T00:00:00Z', 5);
    return gateWith({ ...report, subject: report.subject && { ...report.subject, version } }).trend[0]?.series[0]?.points[0]?.version;
  };
  expect([
    labels('agent-runner 1.4.0-rc1 (abc)'), labels('nightly'), labels('\u001B[31m\n'),
  ]).toEqual(['1.4.0-rc1', 'nightly', '2026-03-01']);
});

import type { Report } from '../model/report.ts';
import { sampleDecisions } from '../report/html/samples/decisions.testing.ts';
import type { Gate } from '../model/gate.ts';
import { decide } from './decide.ts';
import { faultless, readOf } from './read-release.testing.ts';
import { gateHtml } from './render/html.ts';
import { passingReport, withCheck } from './sample.testing.ts';

const linux = passingReport('linux-amd64');
const mac = passingReport('darwin-arm64');
const left = withCheck(linux, 'shutdown.survivors', { outcome: 'fail', reason: 'one process is left' });
const waivers = [{ id: 'shutdown.survivors', reason: 'known since 1.3.0, ticket 12', until: '2026-12-31' }];

/** A gate that passes on two platforms. */
export const passingGatePage = (): string => gateHtml(decide(faultless()));

/** A gate that is blocked by a failed check, an inconclusive one, another commit, and a platform without a report. */
export function blockedGatePage(): string {
  const red = withCheck(withCheck(
    left, 'execution.failure', { outcome: 'fail', reason: 'the failure lost its type' },
  ), 'performance.memory', { outcome: 'inconclusive', reason: 'the machine was too busy' });
  const stale = { ...mac, platform: { ...mac.platform, commit: 'f'.repeat(40) } };
  return gateHtml(
    decide(faultless({ required: ['linux-amd64', 'darwin-arm64', 'windows-amd64'], commit: '4f2c9d1e', waivers }, [red, stale])),
  );
}

/** A report that was compared with the last release, with such changes; one of its checks did not pass. */
function compared(
  platform: string, changes: Parameters<typeof sampleDecisions>[0], id: string, outcome: 'fail' | 'inconclusive',
): Report {
  const report: Report = { ...passingReport(platform, undefined, true), decisions: sampleDecisions(changes) };
  return withCheck(report, id, { outcome, reason: 'beside the last release' });
}

/** A gate over three platforms that were compared: one is worse, one is larger and has a waiver for that, one was undecided. */
export function comparedGate(): Gate {
  const reports = [
    compared('linux-amd64', { 'cpu.ready': [9.4, 'fail'], 'memory.ready': [1.2] }, 'performance.cpu', 'fail'),
    compared('darwin-arm64', { 'size.file': [4.2, 'fail'], 'wall.ready': [-12] }, 'artifact.size', 'fail'),
    compared('windows-amd64', { 'wall.stop': [11, 'inconclusive'] }, 'performance.stop', 'inconclusive'),
  ];
  const allowed = [{ id: 'artifact.size', platform: 'darwin-arm64', reason: 'the new model of ticket 14', until: '2026-12-31' }];
  return decide(faultless({ required: reports.map(({ platform }) => platform.id), waivers: allowed }, reports));
}

/** The same as a page. */
export const comparedGatePage = (): string => gateHtml(comparedGate());

/** The report as it may have been some releases ago: another version, day, size, start-up and memory. */
function earlier(report: Report, index: number): Report {
  const grown = 1 + index * (report === linux ? 0.06 : -0.03);
  const endedAt = `2026-0${index + 1}-01T00:00:00Z`;
  return {
    ...report,
    tool: { ...report.tool, startedAt: endedAt, endedAt },
    subject: report.subject && {
      ...report.subject, version: `agent-runner 0.${index + 1}.0`, sizeBytes: Math.round(report.subject.sizeBytes * grown),
    },
    measurements: report.measurements.map((one) => ({ ...one, median: one.median * grown })),
  };
}

/** A gate that passes with a waiver, with five earlier releases. */
export function trendGatePage(): string {
  const read = [0, 1, 2, 3, 4].flatMap((index) => [linux, mac].map((report) => readOf(earlier(report, index))));
  return gateHtml(decide(faultless({ waivers, earlier: { read, unread: [] } }, [left, mac])));
}

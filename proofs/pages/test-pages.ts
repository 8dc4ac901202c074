import { blockedGatePage, comparedGatePage, passingGatePage, trendGatePage } from '../../harness/gate/pages.testing.ts';
import { inspectPage } from '../../harness/run/inspect/page.ts';
import { sampleBundle } from '../../harness/run/inspect/sample.testing.ts';
import { jobSummary } from '../../harness/report/summary.ts';
import { hostileReport } from '../../harness/report/sample-hostile.testing.ts';
import { htmlReport } from '../../harness/report/html/page.ts';
import { failingRun, inconclusiveRun, passingRun, worseRun } from '../../harness/report/html/samples/runs.testing.ts';
import { githubPage } from './github-page.ts';

/** One page that is looked at in every form. */
export type TestPage = {
  /** Names its pictures: `<name>-<form>.png`. */
  readonly name: string;
  /** The same text each time. */
  readonly html: () => string;
  /** A document of report/html/document.ts, which must be well-formed XML. */
  readonly strict: boolean;
  /** Whether pictures of it are kept and compared. */
  readonly pictures: boolean;
};

/** A new page is one line here, and one run with --update. */
export const testPages: readonly TestPage[] = [
  { name: 'pass', html: () => htmlReport(passingRun()), strict: true, pictures: true },
  { name: 'fail', html: () => htmlReport(failingRun()), strict: true, pictures: true },
  { name: 'inconclusive', html: () => htmlReport(inconclusiveRun()), strict: true, pictures: true },
  { name: 'regressed', html: () => htmlReport(worseRun()), strict: true, pictures: true },
  { name: 'hostile', html: () => htmlReport(hostileReport()), strict: true, pictures: false },
  { name: 'summary', html: () => githubPage('Job summary', jobSummary(failingRun())), strict: false, pictures: true },
  { name: 'inspect', html: () => inspectPage(
    sampleBundle({ oddities: [{ kind: 'second-archive', sentence: 'there is a second archive in it' }] }),
  ), strict: true, pictures: true },
  { name: 'gate-pass', html: passingGatePage, strict: true, pictures: true },
  { name: 'gate-blocked', html: blockedGatePage, strict: true, pictures: true },
  { name: 'gate-compared', html: comparedGatePage, strict: true, pictures: true },
  { name: 'gate-trend', html: trendGatePage, strict: true, pictures: true },
];

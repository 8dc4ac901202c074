import { annotations } from './annotations.ts';
import { ctrf } from './ctrf.ts';
import { htmlReport } from './html/page.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Report } from '../model/report.ts';
import { jobSummary } from './summary.ts';
import { terminalSummary } from './terminal.ts';
import { testResultPredicate, testResultStatement } from './test-result.ts';

/** One file made from a report. */
type Rendering = {
  readonly file: string;
  /** Undefined where the report gives no such file; some name report.json by the sha256 of its bytes. */
  readonly render: (report: Report, reportSha256: string) => string | undefined;
};

/** Everything that stands beside report.json. A new rendering is one line here. */
export const renderings: readonly Rendering[] = [
  { file: 'report.html', render: htmlReport },
  { file: 'report.md', render: markdown },
  { file: 'report.xml', render: junit },
  { file: 'report.txt', render: (report) => terminalSummary(report, { colour: false, width: 120 }) },
  { file: 'summary.md', render: jobSummary },
  { file: 'annotations.txt', render: annotations },
  { file: 'ctrf.json', render: ctrf },
  { file: 'test-result.json', render: testResultStatement },
  { file: 'test-result.predicate.json', render: testResultPredicate },
];

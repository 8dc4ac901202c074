import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Report } from './model.ts';
import { terminalSummary } from './terminal.ts';

/** One file made from a report. */
export type Rendering = {
  readonly file: string;
  /** A function of the report and nothing else; some renderings name report.json by the sha256 of its bytes. */
  readonly render: (report: Report, reportSha256: string) => string;
};

/** Everything that stands beside report.json. A new rendering is one line here. */
export const renderings: readonly Rendering[] = [
  { file: 'report.md', render: markdown },
  { file: 'report.xml', render: junit },
  { file: 'report.txt', render: (report) => terminalSummary(report, { colour: false, width: 100 }) },
];

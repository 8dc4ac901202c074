import type { Report } from '../../../model/report.ts';
import type { Markup } from '../markup.ts';

/** One part of the page. */
export type Section = {
  /** Of its element, to be jumped to. */
  readonly id: string;
  readonly title: string;
  /** What stands under the title; undefined when the report has nothing for it, and then the section does not appear. */
  readonly render: (report: Report) => Markup | undefined;
};

/**
 * Lengths of texts in characters: a report may hold texts of any length, a page may not. The whole text is in report.json and in the
 * evidence.
 */
export const lengths = { name: 160, line: 400, text: 1500 } as const;

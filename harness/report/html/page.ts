import type { Report } from '../../model/report.ts';
import { page } from './document.ts';
import { html, joined } from './markup.ts';
import { head } from './sections/head.ts';
import { sections } from './sections/index.ts';

/** One report as one page: the verdict and what was verified first, then every section that has data. */
export function htmlReport(report: Report): string {
  const filled = sections.flatMap(({ id, title, render }) => {
    const content = render(report);
    return content === undefined ? [] : [{ id, title, content }];
  });
  const body = filled.map(
    ({ id, title, content }) => html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>`,
  );
  const name = report.contract?.worker ?? report.subject?.file ?? 'no executable';
  return page({
    title: `${report.verdict.outcome}: ${name}, ${report.platform.id}`,
    navigation: filled,
    body: joined([head(report), ...body], '\n'),
    files: ['report.json', 'report.md', 'report.xml', 'report.txt'],
  });
}

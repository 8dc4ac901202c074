import { metricTitle } from '../../../model/regression-metrics.ts';
import { count, formatBytes } from '../../../model/format.ts';
import type { RegressionDecision, Report } from '../../../model/report.ts';
import { oneLine, shorten } from '../../../model/text.ts';
import { decisionRows } from '../../decisions-table.ts';
import { answerWords, effectWords } from '../../effect-words.ts';
import { changeWords, growthRows } from '../../growth-rows.ts';
import { html, joined, type Markup } from '../markup.ts';
import { dataTable } from '../parts/data-table.ts';
import { badge, lengths } from '../parts/parts.ts';
import { changePlot, type ChangeRow } from '../plot/changes.ts';
import { figure } from '../plot/frame.ts';
import { growthPlot } from '../plot/growth.ts';

const mostRows = 30;
const mostBars = 12;
const title = 'Change from the last release';

/** What was decided about each metric beside the last release: every pair as a picture, the same in words, and what the files differ in. */
export function decisions(report: Report): Markup | undefined {
  const shown = (report.decisions ?? []).slice(0, mostRows);
  if (shown.length === 0) return undefined;
  const words = decisionRows(report).slice(0, mostRows);
  const remark = 'a dot for each pair, the interval of 95 % as a bar, the effect as a tick, the limit as a dashed line; to the right is ' +
    'worse';
  return joined([
    figure(title, remark, changePlot(title, shown.map(rowOf))),
    dataTable({
      caption: 'Pairs of both executables in random order, until each metric was decided; more is worse. Exact metrics need no pairs.',
      columns: ['compared', 'answer', 'what the pairs say'].map((name) => ({ title: name })),
      rows: words.map(({ metric, answer, sentence }) => ({
        cells: [shorten(metricTitle(metric), lengths.name), badge(answer, answerWords[answer]), shorten(sentence, lengths.line)],
      })),
    }),
    growth(report),
  ], '\n');
}

function rowOf({ metric, answer, effectPercent, intervalPercent, limitPercent, sentence, samples }: RegressionDecision): ChangeRow {
  const percents = samples.subject.flatMap((value, index) => {
    const percent = 100 * (value / (samples.previous[index] ?? 0) - 1);
    return Number.isFinite(percent) ? percent : [];
  });
  return {
    name: oneLine(metricTitle(metric)), answer, value: `${answerWords[answer]} ${effectWords({ effectPercent })}`,
    // Of what hardly varies one dot shows all.
    percents: intervalPercent === undefined ? [] : percents, effect: effectPercent, interval: intervalPercent, limit: limitPercent,
    inWords: `${shorten(oneLine(sentence), lengths.line)}.`,
  };
}

/** What has come into the file or has left it, by distribution. */
function growth(report: Report): Markup | undefined {
  const all = growthRows(report);
  const [now, before] = [report.contents, report.previous?.contents];
  if (now === null || before === undefined) return undefined;
  const counts = `${counted(before.modules, now.modules, 'module')}, ${counted(before.nativeFiles, now.nativeFiles, 'native file')}, ${
    formatBytes(before.storedBytes)} then and ${formatBytes(now.storedBytes)} now.`;
  if (all.length === 0) return html`<p>Both hold the same distributions in the same size: ${counts}</p>`;
  const bars = all.slice(0, mostBars).map((one) => ({ name: oneLine(one.name), bytes: one.bytes, remark: shorten(changeWords(one), 40) }));
  const name = 'What has come into it since';
  const rest = all.length - bars.length;
  return html`${figure(name, 'stored bytes by distribution, the largest differences', growthPlot(name, bars))}
<p class="small muted">${rest > 0 && `${count(rest, 'smaller difference')} left out. `}${counts}</p>`;
}

function counted(before: number, now: number, noun: string): string {
  return before === now ? count(now, noun) : `${count(now, noun)} instead of ${before}`;
}

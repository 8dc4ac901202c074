import type { Gate } from '../../model/gate.ts';
import { padded, widest } from '../../model/width.ts';
import { decisionRows, decisionsTitle, type DecisionCell } from './decision-rows.ts';

/** A text in the colour of a state. */
type Paint = (state: DecisionCell['state'], text: string) => string;

const indent = '  ';
const gap = '   ';

/** Metrics by platforms where that fits into the columns, else one platform after the other; empty where nothing was compared. */
export function decisionLines(gate: Gate, columns: number, paint: Paint): string {
  const { platforms, rows, omitted } = decisionRows(gate);
  if (rows.length === 0) return '';
  const title = decisionsTitle.toLowerCase();
  const metricWidth = widest([title, ...rows.map(({ metric }) => metric)]);
  const widths = platforms.map((name, index) => widest([name, ...rows.map(({ cells }) => wordsOf(cells[index]))]));
  const wholeWidth = indent.length + metricWidth + widths.reduce((sum, width) => sum + gap.length + width, 0);
  const lines = wholeWidth <= columns ? [
    lineOf([padded(title, metricWidth), ...platforms.map((name, index) => padded(name, widths[index] ?? 0))]),
    ...rows.map(({ metric, cells }) => lineOf([padded(metric, metricWidth), ...cells.map((cell, index) => (
      painted(cell, padded(wordsOf(cell), widths[index] ?? 0), paint)))])),
  ] : [`${indent}${title}`, ...platforms.flatMap((name, index) => onePlatform(name, rows.map(({ metric, cells }) => ({
    metric, cell: cells[index],
  })), paint))];
  return [...lines, ...(omitted === 0 ? [] : [`${indent}and ${omitted} more platforms, which gate.json holds`])].join('\n');
}

type Line = { readonly metric: string; readonly cell: DecisionCell | undefined };

/** The metrics of one platform below each other. */
function onePlatform(name: string, lines: readonly Line[], paint: Paint): string[] {
  const [metricWidth, answerWidth] = [widest(lines.map(({ metric }) => metric)), widest(lines.map(({ cell }) => cell?.answer ?? ''))];
  return [`${indent}${name}`, ...lines.map(({ metric, cell }) => `${indent}${lineOf([
    padded(metric, metricWidth),
    ...(cell === undefined ? ['–'] : [painted(cell, padded(cell.answer, answerWidth), paint), `${cell.effect}, ${cell.limit}`]),
  ])}`)];
}

function lineOf(cells: readonly string[]): string {
  return `${indent}${cells.join(gap)}`.trimEnd();
}

function wordsOf(cell: DecisionCell | undefined): string {
  return cell === undefined ? '–' : `${cell.answer} ${cell.effect}`;
}

/** The answer alone has a colour; the column keeps its width. */
function painted(cell: DecisionCell | undefined, text: string, paint: Paint): string {
  return cell === undefined ? text : `${paint(cell.state, cell.answer)}${text.slice(cell.answer.length)}`;
}

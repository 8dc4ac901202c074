import type { Gate } from '../model/gate.ts';
import { jsonText } from '../model/text.ts';
import { gateHtml } from './render/html.ts';
import { gateMarkdown } from './render/markdown.ts';
import { svrPredicate, svrStatement } from './render/svr.ts';
import { gateTerminal } from './render/terminal.ts';

/** One file made from a decision; undefined where the decision gives no such file. */
export type GateRendering = { readonly file: string; readonly render: (gate: Gate) => string | undefined };

/** GitHub refuses all of a step's summaries above 1,024 KiB; lists that do not fit are cut at their end, and gate.json has them whole. */
const summaryBytes = 190_000;

/** The decision for machines. */
export const gateJson: (gate: Gate) => string = jsonText;

/** The job summary: the Markdown without links, for they would lead nowhere on GitHub's page. */
export function gateSummary(gate: Gate): string {
  return gateMarkdown(gate, { links: false, budgetBytes: summaryBytes });
}

/** Everything that the gate writes. A new rendering is one line here. */
export const gateRenderings: readonly GateRendering[] = [
  { file: 'gate.json', render: gateJson },
  { file: 'gate.md', render: (gate) => gateMarkdown(gate, { links: true, budgetBytes: Infinity }) },
  { file: 'gate.html', render: gateHtml },
  { file: 'gate.txt', render: (gate) => gateTerminal(gate, { colour: false, width: 120 }) },
  { file: 'summary.md', render: gateSummary },
  { file: 'svr.json', render: svrStatement },
  { file: 'svr.predicate.json', render: svrPredicate },
];

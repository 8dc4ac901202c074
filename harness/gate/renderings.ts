import type { Gate } from '../model/gate.ts';
import { jsonText } from '../model/text.ts';
import { workflowCommands } from '../report/workflow-commands.ts';
import { gateHtml } from './render/html.ts';
import { gateMarkdown } from './render/markdown.ts';
import { svrPredicate, svrStatement } from './render/svr.ts';
import { gateTerminal } from './render/terminal.ts';

/** GitHub refuses all of a step's summaries above 1,024 KiB; lists that do not fit are cut at their end, and gate.json has them whole. */
const summaryBytes = 190_000;

/** The job summary: the Markdown without links, for they would lead nowhere on GitHub's page. */
export function gateSummary(gate: Gate): string {
  return gateMarkdown(gate, { links: false, budgetBytes: summaryBytes });
}

/** GitHub workflow commands, one a line: nine blocks and how many more there are, then each waiver that is used. */
export function gateAnnotations({ blocks, waivers }: Gate): string {
  const why = blocks.map(({ kind, severity, sentence }) => (
    { level: severity === 'wrong' ? 'error' : 'warning', properties: { title: `release gate: ${kind}` }, message: sentence } as const
  ));
  const used = waivers.filter(({ state }) => state === 'used').slice(0, 9).map(({ id, excuses, until, reason }) => ({
    level: 'warning', properties: { title: 'release gate: waiver' },
    message: `${id} is excused on ${excuses.join(', ')} until ${until}: ${reason}`,
  } as const));
  return workflowCommands(why, 'release gate: more') + workflowCommands(used, 'release gate: waiver');
}

/** Everything that the gate writes; undefined where the decision gives no such file. A new rendering is one line here. */
export const gateRenderings: readonly { readonly file: string; readonly render: (gate: Gate) => string | undefined }[] = [
  { file: 'gate.json', render: jsonText },
  { file: 'gate.md', render: (gate) => gateMarkdown(gate, { links: true, budgetBytes: Infinity }) },
  { file: 'gate.html', render: gateHtml },
  { file: 'gate.txt', render: (gate) => gateTerminal(gate, { colour: false, width: 120 }) },
  { file: 'summary.md', render: gateSummary },
  { file: 'svr.json', render: svrStatement },
  { file: 'svr.predicate.json', render: svrPredicate },
];

import { workflowCommand } from '../report/workflow-commands.ts';
import type { Gate } from './model.ts';

/** GitHub takes ten of a kind from one step and drops the rest without a word. */
const mostShown = 9;

/** GitHub workflow commands, one a line: an error for each block, at most nine, then how many more there are. Empty for a pass. */
export function gateAnnotations({ blocks }: Gate): string {
  const lines = blocks.slice(0, mostShown).map(({ kind, severity, sentence }) => workflowCommand(severity === 'wrong' ? 'error' : 'warning', { title: `release gate: ${kind}` }, sentence));
  const rest = blocks.length - mostShown;
  const more = rest > 0 ? [workflowCommand(blocks.slice(mostShown).some(({ severity }) => severity === 'wrong') ? 'error' : 'warning', { title: 'release gate: more' }, `and ${rest} more, see the summary`)] : [];
  return [...lines, ...more].map((line) => `${line}\n`).join('');
}

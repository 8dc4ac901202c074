import { workflowCommand } from '../report/workflow-commands.ts';
import type { Gate } from '../model/gate.ts';

/** GitHub takes ten of a kind from one step and drops the rest without a word. */
const mostShown = 9;

/**
 * GitHub workflow commands, one a line: an error for each block, at most nine, then how many more there are, and a warning for each waiver
 * that is used. Empty for a pass without waivers.
 */
export function gateAnnotations({ blocks, waivers }: Gate): string {
  const lines = blocks.slice(0, mostShown).map(({ kind, severity, sentence }) => workflowCommand(
    severity === 'wrong' ? 'error' : 'warning', { title: `release gate: ${kind}` }, sentence,
  ));
  const rest = blocks.length - mostShown;
  const more = rest > 0
    ? [workflowCommand(blocks.slice(mostShown).some(
      ({ severity }) => severity === 'wrong',
    ) ? 'error' : 'warning', { title: 'release gate: more' }, `and ${rest} more, see the summary`)]
    : [];
  const used = waivers.filter(({ state }) => state === 'used').map(({ id, excuses, until, reason }) =>
    workflowCommand('warning', { title: 'release gate: waiver' }, `${id} is excused on ${excuses.join(', ')} until ${until}: ${reason}`),
  );
  return [...lines, ...more, ...used.slice(0, mostShown)].map((line) => `${line}\n`).join('');
}

import { workflowCommands } from '../report/workflow-commands.ts';
import type { Gate } from '../model/gate.ts';

/**
 * GitHub workflow commands, one a line: an error for each block, at most nine, then how many more there are, and a warning for each waiver
 * that is used. Empty for a pass without waivers.
 */
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

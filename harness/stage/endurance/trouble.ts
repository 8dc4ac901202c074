import { seconds } from '../../system/wait.ts';
import { eventsOf, historyText } from '../../temporal/history.ts';
import { ended } from '../../temporal/ready.ts';
import type { Actor } from '../actor.ts';
import { compare } from '../expectation.ts';
import type { Done } from './load.ts';

/** Where the work of a launch came to its end before its time. */
export type Trouble = {
  readonly sentence: string; readonly expected: string; readonly got: string; readonly history: string;
  /** It went on working, and an execution completed with another result than its own. */
  readonly isMixedUp: boolean;
};

/** What went wrong in a window of executions, if anything; `done` went well before. */
export async function troubleIn(
  { client, launch }: Actor, window: readonly Done[], { done, idleMs }: { readonly done: number; readonly idleMs: number | undefined },
): Promise<Trouble | undefined> {
  const wrong = window.findIndex(({ plan, ending }) => compare(plan, { ending }) !== undefined);
  const bad = window[wrong];
  const difference = bad && compare(bad.plan, bad);
  if (bad === undefined || difference === undefined) return undefined;
  const events = await eventsOf(client.workflow.getHandle(bad.workflowId)).catch(() => []);
  const end = ended(launch);
  const before = done + wrong;
  const stood = idleMs === undefined ? '' : `, after it stood idle for ${seconds(idleMs)}`;
  const when = before > 0 ? `after ${before} executions` : `at the first execution${stood}`;
  const how = bad.ending.kind === 'stuck'
    ? `it does no more work: ${bad.ending.why}` : `"${bad.plan.name}" went wrong: ${difference.sentence}`;
  const what = end ?? how;
  return {
    sentence: `${when} ${what}`,
    expected: 'the work goes on, however much has been done before',
    got: end ?? difference.difference.got ?? difference.sentence,
    history: historyText(events),
    isMixedUp: end === undefined && bad.ending.kind === 'completed',
  };
}

import type { WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { HistoryEvent } from './history.ts';
import { describe } from './standing.ts';

const { VersioningBehavior: Behaviour } = proto.temporal.api.enums.v1;

/** Whether an execution stays on its version or goes to whichever is current; undefined for one that no version has taken yet. */
export type Behaviour = 'pinned' | 'auto-upgrade';

/** What a worker's code says of an execution. */
export async function behaviourOf(handle: WorkflowHandle): Promise<Behaviour | undefined> {
  const behaviour = (await describe(handle)).workflowExecutionInfo?.versioningInfo?.behavior;
  return behaviour === Behaviour.VERSIONING_BEHAVIOR_PINNED ? 'pinned'
    : behaviour === Behaviour.VERSIONING_BEHAVIOR_AUTO_UPGRADE ? 'auto-upgrade' : undefined;
}

/** The build ids of the versions that have completed workflow tasks of this history, in order, each time that it changes. */
export function versionsIn(events: readonly HistoryEvent[]): string[] {
  const all = events.flatMap(({ workflowTaskCompletedEventAttributes: task }) => (
    task === undefined || task === null ? [] : [task.deploymentVersion?.buildId ?? '']
  ));
  return all.filter((buildId, index) => buildId !== all[index - 1]);
}

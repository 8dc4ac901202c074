import { familyOf } from '../temporal/family.ts';
import { activityRuns } from '../temporal/history.ts';
import { localRuns } from '../temporal/local-activities.ts';
import type { Actor, Plan } from './actor.ts';
import { drive } from './drive.ts';

/** The types of workflows and activities that a worker has begun in executions of the contract, their children's among them. */
export async function typesThatRan(actor: Actor, plans: readonly Plan[]): Promise<ReadonlySet<string>> {
  const types = new Set<string>();
  for (const plan of plans) {
    const done = await drive(actor, plan).catch(() => undefined); // its own check tells why
    const family = done === undefined ? [] : await familyOf(actor.client, done.events);
    for (const events of family) {
      const [started] = events;
      const name = started?.workflowExecutionStartedEventAttributes?.workflowType?.name;
      if (name && events.some((event) => event.workflowTaskCompletedEventAttributes)) types.add(name);
      for (const { type } of [...activityRuns(events).filter(({ closed }) => closed !== undefined), ...localRuns(events)]) types.add(type);
    }
  }
  return types;
}

import { Client, type WorkflowHandle } from '@temporalio/client';
import { plainName } from '../../system/plain-name.ts';
import { cameWithin } from '../../system/wait.ts';
import { startCaller } from '../../temporal/caller.ts';
import { startWorkflow } from '../../temporal/execute.ts';
import type { Poll } from '../../temporal/polls.ts';
import { activityRefusal, listed, workflowRefusal } from '../../temporal/refusals.ts';
import type { Surroundings } from '../with-server.ts';

/** What a worker says to register on a task queue: refusing a type that it does not have, the SDKs list those that they have. */
export type Types = { readonly workflows: readonly string[] | undefined; readonly activities: readonly string[] | undefined };

const answersWithinMs = 30_000;

/** What the SDKs register by themselves. */
const internal = /^__|^internalSession/;

/** Asks a worker for its types of these kinds on one task queue; undefined for a kind of which it does not list them. */
export async function typesOn(
  { server, connection }: Surroundings, namespace: string, taskQueue: string, kinds: ReadonlySet<Poll['kind']>,
): Promise<Types> {
  const client = new Client({ connection, namespace });
  await using caller = await startCaller(server, namespace, plainName());
  const [type, withinMs] = [plainName(), 2 * answersWithinMs];
  const called = { activity: type, taskQueue, args: [], maximumAttempts: 1 };
  const [workflows, activities] = await Promise.all([
    kinds.has('workflow') ? startWorkflow(client, type, taskQueue, plainName(), [], withinMs)
      .then((handle) => refused(handle, workflowRefusal)) : [],
    kinds.has('activity') ? startWorkflow(client, plainName(), caller.taskQueue, plainName(), [called], withinMs)
      .then((handle) => refused(handle, activityRefusal)) : [],
  ]);
  return { workflows, activities };
}

async function refused(handle: WorkflowHandle, refusal: typeof workflowRefusal): Promise<string[] | undefined> {
  const answer = await cameWithin('an answer', () => refusal(handle), { deadlineMs: answersWithinMs, everyMs: 100 });
  await handle.terminate('the answer has been seen').catch(() => {});
  return listed(answer)?.filter((name) => !internal.test(name)).toSorted();
}

import type { WorkflowHandle } from '@temporalio/client';
import { plainName } from '../system/plain-name.ts';
import { cameBeforeEnd } from '../system/wait.ts';
import { eventsOf } from '../temporal/history.ts';
import type { Poller } from '../temporal/pollers.ts';
import { ended } from '../temporal/ready.ts';
import type { Actor } from './actor.ts';

/**
 * What a worker says when it is handed tasks of types that it does not have. The Python SDK lists the types that it does
 * have: "… is not registered on this worker, available activities: a, b"; the TypeScript SDK writes the list as JSON.
 */
export type UnknownTypes = {
  /** The type that nobody has. */
  readonly type: string;
  /** The kinds of task that were offered and of which nothing was heard. */
  readonly silent: readonly Poller['queue'][];
  readonly answers: readonly string[];
  readonly workflows: readonly string[] | undefined;
  readonly activities: readonly string[] | undefined;
};

const probes = new WeakMap<Actor, Promise<UnknownTypes>>();

/** Asks once for each worker; later callers get the same answers. */
export function probeUnknownTypes(actor: Actor): Promise<UnknownTypes> {
  const probe = probes.get(actor) ?? ask(actor);
  probes.set(actor, probe);
  return probe;
}

async function ask(actor: Actor): Promise<UnknownTypes> {
  const type = plainName();
  const wants = (queue: 'workflow' | 'activity'): boolean => actor.post.queues.includes(queue);
  const [workflow, activity] = await Promise.all([
    wants('workflow') ? answerTo(await actor.workflow(type, []), workflowRefusal, actor) : undefined,
    wants('activity') ? answerTo(await actor.call(type, []), activityRefusal, actor) : undefined,
  ]);
  const silent = [...(wants('workflow') && workflow === undefined ? ['workflow' as const] : []),
    ...(wants('activity') && activity === undefined ? ['activity' as const] : [])];
  return {
    type, silent, answers: [workflow, activity].filter(
      (text) => text !== undefined,
    ), workflows: listed(workflow), activities: listed(activity),
  };
}

function listed(answer: string | undefined): string[] | undefined {
  const names = /(?:available (?:workflows|activities)|Supported types): ?\[?(.*?)\]?$/m.exec(answer ?? '')?.[1];
  return names
    ?.split(',')
    .map((name) => name.replaceAll('"', '').trim())
    .filter((name) => name !== '');
}

/** Undefined where nothing was heard in the time that a start may take: no answer is not an answer. */
async function answerTo(handle: WorkflowHandle, refusal: typeof workflowRefusal, actor: Actor): Promise<string | undefined> {
  const answer = await cameBeforeEnd('an answer', () => refusal(handle), {
    deadlineMs: actor.limits.answerMs, everyMs: 50, stretch: actor.launch.cpu.stretch(), over: () => ended(actor.launch),
  });
  await handle.terminate('the answer has been seen').catch(() => {});
  return answer;
}

/** An answer too, and no refusal: it does not name the type. */
const done = 'it was done, though nobody knows what it is';

async function workflowRefusal(handle: WorkflowHandle): Promise<string | undefined> {
  for (const event of await eventsOf(handle)) {
    if (event.workflowExecutionCompletedEventAttributes) return done;
    const message = event.workflowTaskFailedEventAttributes?.failure?.message
      ?? event.workflowExecutionFailedEventAttributes?.failure?.message;
    if (message) return message;
  }
  return undefined;
}

async function activityRefusal(handle: WorkflowHandle): Promise<string | undefined> {
  const { raw } = await handle.describe();
  const pending = raw.pendingActivities?.[0]?.lastFailure?.message;
  if (pending) return pending;
  const events = await eventsOf(handle);
  if (events.some((event) => event.activityTaskCompletedEventAttributes)) return done;
  const failed = events.find((event) => event.activityTaskFailedEventAttributes);
  return failed?.activityTaskFailedEventAttributes?.failure?.message ?? undefined;
}

import type { WorkflowHandle } from '@temporalio/client';
import { plainName } from '../system/plain-name.ts';
import { cameBeforeEnd } from '../system/wait.ts';
import { messageIn } from '../temporal/codec.ts';
import { eventsOf } from '../temporal/history.ts';
import type { PostedQueue } from '../temporal/post.ts';
import { ended } from '../temporal/ready.ts';
import type { Actor } from './actor.ts';

/** What a worker said when it was handed a task of a type that it does not have, on one of its task queues. */
export type Asked = {
  readonly queue: PostedQueue;
  readonly kind: 'workflow' | 'activity';
  /** The type that nobody has. */
  readonly type: string;
  /** Undefined where nothing was heard in the time that an execution may take: no answer is not an answer. */
  readonly answer: string | undefined;
  /** The types that it says to have; undefined where it does not list them. */
  readonly types: readonly string[] | undefined;
};

const probes = new WeakMap<Actor, Promise<readonly Asked[]>>();

/** Asks once for each worker, queue and kind of task; later callers get the same answers. */
export function probeUnknownTypes(actor: Actor): Promise<readonly Asked[]> {
  const probe = probes.get(actor) ?? ask(actor);
  probes.set(actor, probe);
  return probe;
}

async function ask(actor: Actor): Promise<readonly Asked[]> {
  const type = plainName();
  const all = actor.post.taskQueues.flatMap((queue) => queue.kinds.flatMap((kind) => (kind === 'nexus' ? [] : [{ queue, kind }])));
  return await Promise.all(all.map(async ({ queue, kind }) => {
    const { taskQueue } = queue;
    const answer = kind === 'workflow'
      ? await answerTo(await actor.workflow(type, [], taskQueue), workflowRefusal, actor, type)
      : await answerTo(await actor.call(type, [], { taskQueue }), activityRefusal, actor, type);
    return { queue, kind, type, answer, types: listed(answer) };
  }));
}

/**
 * The types that a refusal lists. Python: "…, available activities: a, b"; TypeScript: the same as JSON; Go: "Supported types: [a, b]";
 * Java: "Known types are [A]" and "Known types are: a, b".
 */
export function listed(answer: string | undefined): string[] | undefined {
  const names = /(?:available (?:workflows|activities):|Supported types:|Known types are:?) ?\[?(.*?)\]?$/m.exec(answer ?? '')?.[1];
  return names
    ?.split(',')
    .map((name) => name.replaceAll('"', '').trim())
    .filter((name) => name !== '');
}

/** What was heard of a task; what does not name the type is kept for the end of the time, a better answer may come. */
async function answerTo(
  handle: WorkflowHandle, refusal: typeof workflowRefusal, actor: Actor, type: string,
): Promise<string | undefined> {
  let heard: string | undefined;
  const answer = await cameBeforeEnd('an answer', async () => {
    heard = (await refusal(handle)) ?? heard;
    return heard === done || heard?.includes(type) === true ? heard : undefined;
  }, { deadlineMs: actor.limits.answerMs, everyMs: 50, stretch: actor.launch.cpu.stretch(), over: () => ended(actor.launch) });
  await handle.terminate('the answer has been seen').catch(() => {});
  return answer ?? heard;
}

/** An answer too, and no refusal: it does not name the type. */
export const done = 'it was done, though nobody knows what it is';

async function workflowRefusal(handle: WorkflowHandle): Promise<string | undefined> {
  for (const event of await eventsOf(handle)) {
    if (event.workflowExecutionCompletedEventAttributes) return done;
    const failure = event.workflowTaskFailedEventAttributes?.failure ?? event.workflowExecutionFailedEventAttributes?.failure;
    const message = await messageIn(handle.client, failure);
    if (message) return message;
  }
  return undefined;
}

async function activityRefusal(handle: WorkflowHandle): Promise<string | undefined> {
  const { raw } = await handle.describe();
  const pending = await messageIn(handle.client, raw.pendingActivities?.[0]?.lastFailure);
  if (pending) return pending;
  const events = await eventsOf(handle);
  if (events.some((event) => event.activityTaskCompletedEventAttributes)) return done;
  const failed = events.find((event) => event.activityTaskFailedEventAttributes);
  return messageIn(handle.client, failed?.activityTaskFailedEventAttributes?.failure);
}

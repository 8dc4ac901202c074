import type { WorkflowHandle } from '@temporalio/client';
import { plainName } from '../system/plain-name.ts';
import { cameBeforeEnd } from '../system/wait.ts';
import type { PostedQueue } from '../temporal/post.ts';
import { ended } from '../temporal/ready.ts';
import { activityRefusal, done, listed, workflowRefusal } from '../temporal/refusals.ts';
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

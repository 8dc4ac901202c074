import type { Queue } from '../contract/temporal-schema.ts';
import { anyType } from '../contract/pointers.ts';
import type { Asked } from './unknown-types.ts';

/** The types that the contract promises of the kind and on the queue that were asked about. */
export function promisedTypes({ queue, kind }: Pick<Asked, 'queue' | 'kind'>, queues: readonly Queue[]): readonly string[] {
  const own = queues.find(({ name }) => name === queue.name);
  return own?.[kind === 'workflow' ? 'workflows' : 'activities'] ?? [];
}

/** Whether the worker answers to any name there, so that none is unknown. */
export function answersToAny(asked: Pick<Asked, 'queue' | 'kind'>, queues: readonly Queue[]): boolean {
  return promisedTypes(asked, queues).includes(anyType);
}

/** What the SDKs register by themselves. */
const internal = /^__temporal_|^__stack_trace$|^internalSession/;

/** How what a worker says to have differs from what is promised, as one clause; undefined where it does not, or does not say. */
export function typeDifference(asked: Asked, queues: readonly Queue[]): string | undefined {
  const { types, kind, queue: { taskQueue, name } } = asked;
  if (types === undefined) return undefined;
  const promised = promisedTypes(asked, queues).filter((type) => type !== anyType);
  const missing = promised.filter((type) => !types.includes(type));
  const extra = types.filter((type) => !promised.includes(type) && !internal.test(type));
  const where = queues.length > 1 ? ` on the task queue ${name} (${taskQueue})` : '';
  if (missing.length > 0) return `${kind} ${missing.join(', ')} is not registered${where}`;
  const isAny = answersToAny(asked, queues);
  return extra.length > 0 && !isAny ? `${kind} ${extra.join(', ')} is registered${where} but not in the contract` : undefined;
}

import type { Asked } from '../unknown-types.ts';

/** A type that one release registers and the other does not. */
export type LostType = { readonly kind: Asked['kind']; readonly type: string };

/** What SDKs register by themselves. */
const internal = /^__temporal_|^__stack_trace$|^internalSession/;

/** The types that one release says to register and the other one, which lists its own, does not. */
export function lostTypes(before: readonly Asked[], after: readonly Asked[]): LostType[] {
  return before.flatMap(({ queue, kind, types = [] }) => {
    const now = after.find((asked) => asked.queue.name === queue.name && asked.kind === kind)?.types;
    return now === undefined ? [] : types.filter((type) => !now.includes(type) && !internal.test(type)).map((type) => ({ kind, type }));
  });
}

import type { SeenWorker } from '../observed.ts';
import type { SourceFacts } from '../source-facts.ts';
import type { Types } from './types.ts';

/** Its types as a worker that was seen from outside, with what the source tells of their inputs and results. */
export function workerOf(taskQueue: string, types: Types | undefined, source: SourceFacts | undefined): SeenWorker {
  const signatureOf = (name: string) => {
    const known = source?.types.get(name);
    const { input = [], result = { kind: 'any' as const }, beats = false, signals = [], queries = [], updates = [] } = known ?? {};
    const copied = (handlers: typeof signals) => handlers.map((each) => ({ ...each, input: [...each.input] }));
    return { name, input: [...input], result, beats, signals: copied(signals), queries: copied(queries), updates: copied(updates) };
  };
  return {
    taskQueue, graceSeconds: source === undefined ? 0 : source.graceSeconds,
    pid: 0, nexus: 0, operations: [], deployment: undefined, buildId: undefined, identity: undefined,
    workflows: (types?.workflows ?? []).map(signatureOf),
    activities: (types?.activities ?? []).map(signatureOf).map(({ name, input, result, beats }) => ({ name, input, result, beats })),
  };
}

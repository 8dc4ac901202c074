import { nearest } from './nearest.ts';
import { withQueues } from './pointers.ts';
import type { Rule } from './rule.ts';
import type { Contract } from './schema.ts';

/** Nexus endpoints that lead nowhere or are there twice, and operations that are called through none. */
export function nexusRules(contract: Contract): Rule[] {
  const { nexus, executions } = contract;
  const queues = withQueues(contract).temporal.taskQueues.map(({ name }) => name);
  const names = nexus.map(({ endpoint }) => endpoint);
  return [
    ...nexus.flatMap(({ endpoint, queue }, index): Rule[] => [
      [['nexus', index, 'endpoint'], names.indexOf(endpoint) < index && `"${endpoint}" is listed twice`],
      [['nexus', index, 'queue'], !queues.includes(queue) && unknown('task queue of temporal', queue, queues)],
    ]),
    ...executions.flatMap(({ nexus: called, input }, index): Rule[] => {
      const at = (...keys: string[]) => ['executions', index, ...keys];
      if (called === undefined) return [];
      const { endpoint } = called;
      return [
        [at('nexus'), names.length === 0 && 'calls an operation, and the contract has no endpoint: add nexus: { endpoint, queue }'],
        [at('nexus', 'endpoint'), endpoint === undefined ? names.length > 1 && `is missing: one of ${names.join(', ')}`
          : names.length > 0 && !names.includes(endpoint) && unknown('endpoint of nexus', endpoint, names)],
        [at('input'), input.length > 1 && `has ${input.length} arguments; a Nexus operation takes one at most`],
      ];
    }),
  ];
}

function unknown(kind: string, name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return `"${name}" is no ${kind}${meant === undefined ? `: ${known.join(', ')}` : `; did you mean "${meant}"?`}`;
}

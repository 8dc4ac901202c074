import type { Rule } from './rule.ts';
import { usedPlaceholders } from './known-placeholders.ts';
import { withQueues } from './pointers.ts';
import type { Contract } from './schema.ts';

/** How the worker and its server come together: what is said twice, and what is not said at all. */
export function temporalRules(contract: Contract): Rule[] {
  const { nexus, temporal: { address, taskQueue, taskQueues }, registers: { workflows, activities } } = contract;
  const used = usedPlaceholders(contract);
  const tellsAddress = address !== undefined || used.has('temporal.address') || used.has('temporal.port');
  return [
    [['temporal', 'address'], !tellsAddress
      && 'is missing: expected the name of an environment variable or a --flag, { fixed: HOST:PORT }, ' +
      'or {temporal.address} in arguments, files or the value of a variable'],
    [['temporal', 'address'], typeof address === 'object' && address.fixed.includes(':') &&
      !/^(?:localhost|127\.\d+\.\d+\.\d+):/.test(address.fixed) &&
      `"${address.fixed}" is not on this machine: a server can be had at localhost:PORT or 127.0.0.1:PORT only`],
    [['temporal', 'taskQueues'], taskQueues.length > 0 && taskQueue !== undefined && 'cannot stand beside taskQueue, which is one of them'],
    [['registers'], taskQueues.length > 0 && workflows.length + activities.length > 0 && 'cannot stand beside temporal.taskQueues: each ' +
      'queue names what is registered there'],
    ...taskQueues.flatMap((queue, index) => {
      const before = taskQueues.slice(0, index);
      const at = (...keys: (string | number)[]) => ['temporal', 'taskQueues', index, ...keys];
      const { name, from, fixed } = queue;
      const nothing = queue.workflows.length + queue.activities.length === 0 && !nexus.some((endpoint) => endpoint.queue === name);
      const twice = (key: 'name' | 'from' | 'fixed'): Rule => [at(key), queue[key] !== undefined
        && before.some((other) => other[key] === queue[key]) && `"${queue[key]}" is listed twice`];
      return [
        twice('name'), twice('from'), twice('fixed'),
        [at(), nothing && `"${name}" names neither a workflow nor an activity, and no endpoint of nexus leads there`] satisfies Rule,
        [at(), from === undefined && fixed === undefined && !used.has(`queue.${name}`) && 'does not say how the worker is told its name: ' +
          `from: VARIABLE, fixed: NAME, or {queue.${name}} in arguments, files or the value of a variable`] satisfies Rule,
        ...(['workflows', 'activities'] as const).flatMap((kind) => queue[kind].map((type, place): Rule => (
          [at(kind, place), queue[kind].indexOf(type) < place && `"${type}" is listed twice`]
        ))),
      ];
    }),
  ];
}

/** What executions say of queues. */
export function queueRules(contract: Contract): Rule[] {
  const names = withQueues(contract).temporal.taskQueues.map(({ name }) => name);
  return contract.executions.map(({ queue }, index): Rule => (
    [['executions', index, 'queue'], queue !== undefined && !names.includes(queue)
      && `"${queue}" is no task queue of temporal: ${names.join(', ')}`]
  ));
}

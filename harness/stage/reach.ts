import type { Reach } from '../contract/reaches.ts';
import { writtenBody, type Asked } from '../services/conversation.ts';
import type { Actor } from './actor.ts';
import type { Connections } from './connections.ts';

/** What was seen at the place where a variable's effect should show. */
export type Sighting = { readonly seen: boolean; readonly where: string; readonly got: string };

/** Looks for a value at the place that the contract names for it; `queue` is the contract's name of the queue that it is about. */
export function look({ services }: Connections, actor: Actor, reach: Reach, value: string, queue?: string): Sighting {
  switch (reach.at) {
    case 'llm.header': {
      const { names, title } = services.models(reach.model);
      const headers = askedAt(actor, names).map((request) => String(request.headers[reach.name] ?? ''));
      return sighting(`header ${reach.name} at ${title}`, headers, (header) => header.includes(value));
    }
    case 'llm.body': {
      const { names, title } = services.models(reach.model);
      const fields = askedAt(actor, names).map((request) => (
        String(at(writtenBody(request), reach.path) ?? at(request.body, reach.path))
      ));
      return sighting(`${reach.path.join('.')} in the request to ${title}`, fields, (field) => field === value);
    }
    case 'service':
      return sighting(`a call at ${reach.name}`, services.seen(reach.name, actor.guest), () => true);
    case 'result': {
      const results = actor.executions.flatMap(({ ending }) => (ending.kind === 'completed' ? String(at(ending.result, reach.path)) : []));
      return sighting(`${reach.path.join('.')} in a result`, results, (result) => result === value);
    }
    case 'log': {
      const line = reach.template.replaceAll('{value}', () => value);
      const log = actor.launch.output.text();
      return { seen: log.includes(line), where: `a line of output with ${line}`, got: closest(log, reach.template) };
    }
    default: {
      const { post: { namespace, taskQueues }, address } = actor;
      const taskQueue = (taskQueues.find(({ name }) => name === queue) ?? taskQueues[0])?.taskQueue ?? '';
      const told = { taskQueue, namespace, address }[reach.field];
      return { seen: told === value, where: `a poller's ${reach.field}`, got: told };
    }
  }
}

const askedAt = ({ llm }: Actor, models: readonly string[]): Asked[] => llm.requests.filter(({ service }) => models.includes(service));

function sighting(where: string, found: readonly string[], fits: (text: string) => boolean): Sighting {
  return { seen: found.some(fits), where, got: found.length > 0 ? [...new Set(found)].slice(0, 5).join(', ') : 'nothing' };
}

/** The line that has the constant part before the value, to show what stands there instead. */
function closest(log: string, template: string): string {
  const before = template.split('{value}')[0] ?? '';
  const line = before === '' ? undefined : log.split('\n').find((text) => text.includes(before));
  return line ?? 'no such line';
}

function at(value: unknown, path: readonly string[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}

import { isMap, isNode, isSeq, parseDocument, type Document, type Node } from 'yaml';
import type { Contract } from '../contract/schema.ts';
import { queuesOf, type Draft, type NamedQueue } from './draft.ts';
import type { Edit } from './edits.ts';
import { environmentLines } from './environment-text.ts';
import { flow } from './values.ts';

/** How a worker differs from its contract: what can be written, and what only a person can decide. */
export type Difference = { readonly edits: readonly Edit[]; readonly told: readonly string[] };

/** What a worker does now beside what its contract, of this text, says of it. */
export function differenceOf(text: string, contract: Contract, draft: Draft): Difference {
  const document = parseDocument(text);
  const queues = queueDifference(document, contract, queuesOf(draft.pointers));
  const gone = Object.keys(contract.environment).filter((name) => !draft.knobs.some((knob) => knob.name === name));
  const edits = [...versionEdit(document, contract, draft), ...environmentEdit(text, document, contract, draft), ...queues.edits];
  return {
    edits: edits.toSorted((a, b) => a.from - b.from),
    told: [...queues.told, ...(gone.length === 0 ? [] : [`not asked for as it starts, perhaps only later: ${gone.join(', ')}`])],
  };
}

function versionEdit(document: Document, { version }: Contract, draft: Draft): Edit[] {
  const range = nodeAt(document, ['version'])?.range;
  if (!range || version === undefined || draft.version === undefined || draft.version === version) return [];
  return [{ from: range[0], to: range[1], text: flow(draft.version) }];
}

/** A line for each variable that the contract does not have, behind those that it has. */
function environmentEdit(text: string, document: Document, { environment }: Contract, draft: Draft): Edit[] {
  const lines = environmentLines(draft).filter(({ name }) => !Object.hasOwn(environment, name)).map(({ line }) => `  ${line}\n`).join('');
  const node = nodeAt(document, ['environment']);
  if (lines === '') return [];
  if (!isMap(node) || node.flow === true || !node.range) return [{ from: text.length, to: text.length, text: `\nenvironment:\n${lines}` }];
  const last = text.slice(0, node.range[1]).trimEnd().length;
  const at = text.indexOf('\n', last) + 1 || text.length;
  return [{ from: at, to: at, text: lines }];
}

/** Task queues by how the worker is told them, and the types of those that both have. */
function queueDifference(document: Document, { temporal: { taskQueues } }: Contract, found: readonly NamedQueue[]): Difference {
  const edits: Edit[] = [];
  const told: string[] = [];
  const left = new Map(taskQueues.map((queue, index) => [queue.from ?? queue.fixed ?? queue.name, { queue, index }]));
  for (const { told: by, ...types } of found) {
    const place = 'by' in by ? by.by : 'placed' in by ? by.placed : by.fixed;
    const same = left.get(place) ?? (found.length === 1 && left.size === 1 ? [...left.values()][0] : undefined);
    if (same === undefined) {
      told.push(`it polls a task queue that the contract does not name: ${place}`);
      continue;
    }
    left.delete(same.queue.from ?? same.queue.fixed ?? same.queue.name);
    for (const kind of ['workflows', 'activities'] as const) {
      const names = types[kind].map(({ name }) => name ?? '*');
      if (names.toSorted().join('\n') === same.queue[kind].toSorted().join('\n')) continue;
      const path = [['registers', kind], ['temporal', 'taskQueues', same.index, kind]].find((each) => isSeq(nodeAt(document, each)));
      if (path) edits.push(listEdit(document, path, names));
      else told.push(`it registers ${kind} that the contract does not have: ${names.join(', ')}`);
    }
  }
  return { edits, told: [...told, ...[...left.keys()].map((place) => `it no longer polls ${place}`)] };
}

function listEdit(document: Document, path: readonly (string | number)[], names: readonly string[]): Edit {
  const node = nodeAt(document, path);
  const [from = 0, to = 0] = node?.range ?? [];
  if (!isSeq(node) || node.flow === true) return { from, to, text: flow(names) };
  return { from, to, text: `${names.map((name) => `- ${flow(name)}`).join('\n    ')}\n` };
}

function nodeAt(document: Document, path: readonly (string | number)[]): Node | undefined {
  const found = document.getIn(path, true);
  return isNode(found) ? found : undefined;
}

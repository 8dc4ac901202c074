import { z } from 'zod';
import { fillValue } from './template.ts';
import type { Scope, Value } from './expression.ts';
import type { Job } from './schema.ts';

/** The values of one run of a job: its place in the matrix. */
export type Leg = Readonly<Record<string, Value>>;

const include = z.array(z.record(z.string(), z.json()));

/**
 * Ids of jobs in an order in which every job comes after those that it needs.
 * @throws {Error} when a job needs one that is not there, or jobs need each other.
 */
export function inOrder(jobs: Readonly<Record<string, Pick<Job, 'needs'>>>): string[] {
  const order: string[] = [];
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) throw new Error(`jobs need each other: ${[...path, id].join(' -> ')}`);
    if (order.includes(id)) return;
    const job = jobs[id];
    if (job === undefined) throw new Error(`${path.at(-1)} needs the job "${id}", which is not there`);
    for (const needed of job.needs) visit(needed, [...path, id]);
    order.push(id);
  };
  for (const id of Object.keys(jobs)) visit(id, []);
  return order;
}

/** A job's needs, and theirs: a job without a condition runs only when all of them have succeeded. */
export function allNeeds(id: string, jobs: Readonly<Record<string, Pick<Job, 'needs'>>>): string[] {
  const direct = jobs[id]?.needs ?? [];
  return [...new Set([...direct, ...direct.flatMap((needed) => allNeeds(needed, jobs))])];
}

/** All legs of a job: one without a matrix; else every combination of its lists, or the entries of `include` alone. */
export function legsOf({ strategy }: Pick<Job, 'strategy'>, scope: Scope): Leg[] {
  if (strategy === undefined) return [{}];
  const { include: entries, ...lists } = strategy.matrix;
  if (entries !== undefined) {
    if (Object.keys(lists).length > 0) throw new Error('a matrix with lists and include is not supported here');
    return include.parse(entries);
  }
  return Object.entries(lists).reduce<Leg[]>((legs, [name, list]) => {
    const filled = fillValue(list, scope);
    if (!Array.isArray(filled)) throw new Error(`matrix.${name} is not a list`);
    return legs.flatMap((leg) => filled.map((value: Value) => ({ ...leg, [name]: value })));
  }, [{}]);
}

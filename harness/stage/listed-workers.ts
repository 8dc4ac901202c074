import type { Connection } from '@temporalio/client';
import { listWorkers, pidsIn, type ListedWorker } from '../temporal/pollers.ts';
import type { Actor } from './actor.ts';

/** The workers that the server lists in the namespaces of the subject, but for the harness's own. */
export async function workersOf(connection: Connection, actors: readonly Actor[]): Promise<ListedWorker[]> {
  const listed = await Promise.all([...byNamespace(actors).keys()].map((namespace) => listedIn(connection, namespace)));
  return listed.flat();
}

/** For each namespace in which the server lists workers of more processes, on queues that launches were told, than there were launches. */
export async function crowdedNamespaces(connection: Connection, actors: readonly Actor[]): Promise<string[]> {
  const all = await Promise.all([...byNamespace(actors)].map(async ([namespace, launched]) => {
    const told = new Set(launched.map(({ post }) => post.taskQueue));
    const listed = (await listedIn(connection, namespace)).filter(({ taskQueue }) => told.has(taskQueue));
    const processes = new Set(listed.map(({ host, processId }) => `${processId} on ${host}`));
    return processes.size > launched.length ? [`the server lists workers of the processes ${[...processes].join(', ')}`] : [];
  }));
  return all.flat();
}

async function listedIn(connection: Connection, namespace: string): Promise<ListedWorker[]> {
  const listed = (await listWorkers(connection, namespace)) ?? [];
  // The harness has a worker of its own, for activities without a workflow.
  return listed.filter(({ identity }) => !pidsIn(identity).includes(process.pid));
}

function byNamespace(actors: readonly Actor[]): Map<string, Actor[]> {
  return Map.groupBy(actors.filter(({ launch }) => launch.command.variant === 'subject'), ({ post }) => post.namespace);
}

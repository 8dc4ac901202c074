import { isHarness, type ListedWorker } from '../temporal/pollers.ts';
import { isPosted } from '../temporal/post.ts';
import type { Actor } from './actor.ts';

/** The workers that the server lists in the namespaces of the subject, but for the harness's own. */
export async function workersOf(actors: readonly Actor[]): Promise<ListedWorker[]> {
  const listed = await Promise.all([...bySite(actors).values()].map(listedBy));
  return listed.flat();
}

/**
 * For each namespace in which the server lists workers of more processes, on queues that launches were told, than so many for each launch.
 */
export async function crowdedNamespaces(actors: readonly Actor[], each: number): Promise<string[]> {
  const all = await Promise.all([...bySite(actors).values()].map(async (launched) => {
    const listed = (await listedBy(launched)).filter(({ taskQueue }) => launched.some(({ post }) => isPosted(post, taskQueue)));
    const processes = new Set(listed.map(({ host, processId }) => `${processId} on ${host}`));
    return processes.size > each * launched.length ? [`the server lists workers of the processes ${[...processes].join(', ')}`] : [];
  }));
  return all.flat();
}

async function listedBy([first]: readonly Actor[]): Promise<ListedWorker[]> {
  const listed = (await first?.site.workers()) ?? [];
  return listed.filter(({ identity }) => !isHarness(identity));
}

/** The launches by the server and the namespace in which they worked, where the subject was one; the last release may be another. */
function bySite(actors: readonly Actor[]): Map<string, Actor[]> {
  const sites = Map.groupBy(actors, ({ site: { server, namespace } }) => `${server.address} ${namespace}`);
  return new Map([...sites].filter(([, all]) => all.some(({ launch }) => launch.command.variant === 'subject')));
}

import { CouldNotJudge } from '../model/errors.ts';
import { isPosted } from '../temporal/post.ts';
import type { Actor } from './actor.ts';
import type { Endings } from './endings.ts';
import type { SeenPoll } from './polling.ts';
import { killed } from './ways.ts';

/** A poll with the launch through whose own port it came. */
export type Sighting = { readonly actor: Actor; readonly poll: SeenPoll };

/** Task queues of the server's own, by which it speaks to its workers. */
const systems = /^\/?temporal-sys\//;

/** The Go SDK's sessions: a queue on which one is made, and one for each process (`enableSessionWorker`). */
const sessionMaking = '__internal_session_creation';
const sessionOf = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@/;

function polls(actors: readonly Actor[]): Sighting[] {
  return actors.flatMap((actor) => (actor.polling?.seen ?? []).map((poll) => ({ actor, poll })));
}

/** Polls of a task queue, or in a namespace, that nobody has told that worker. */
export function strayPolls(actors: readonly Actor[]): Sighting[] {
  return polls(actors).filter(({ actor, poll }) => !isTold(actor, poll));
}

function isTold({ post, polling }: Actor, { namespace, taskQueue, kind }: SeenPoll): boolean {
  if (systems.test(taskQueue)) return true;
  if (namespace !== post.namespace) return false;
  const sessions = post.taskQueues.map((own) => `${own.taskQueue}${sessionMaking}`);
  const makesSessions = (polling?.seen ?? []).some((other) => sessions.includes(other.taskQueue));
  const isOfSessions = sessions.includes(taskQueue) || sessionOf.test(taskQueue);
  return isPosted(post, taskQueue) || (makesSessions && kind === 'activity' && isOfSessions);
}

/**
 * The first poll of each process, where more of one launch than these poll at a time what it was told; the one that came first leads.
 */
export function polledBySeveral(actors: readonly Actor[], processes: number): Sighting[][] {
  return actors.flatMap((actor) => {
    const own = polls([actor]).filter(({ poll }) => isTold(actor, poll) && !systems.test(poll.taskQueue) && poll.process !== undefined);
    const first = [...Map.groupBy(own, ({ poll }) => poll.process?.pid).values()].flatMap((same) => same.slice(0, 1));
    return first.length > processes && first.some(({ poll }) => poll.beside) ? [first] : [];
  });
}

/** Polls by a process that was alive when its launch had ended. What outlives one that was killed has a check of its own. */
export function polledAfterEnd(actors: readonly Actor[], all: Endings): Sighting[] {
  const forced = new Set(all.by(killed).map(({ launch }) => launch));
  return polls(actors).filter(({ actor, poll }) => poll.afterEnd && !forced.has(actor.launch));
}

/** @throws {CouldNotJudge} when polls could not be read, or a launch was ready and not seen to poll: then nothing can be said of others. */
export function mustSee(actors: readonly Actor[]): void {
  const unseen = actors.filter(({ polling, isReady }) => polling !== undefined
    && (polling.unreadable.length > 0 || (isReady && polling.seen.length === 0)));
  if (unseen.length === 0) return;
  const [why] = unseen.flatMap(({ polling }) => polling?.unreadable ?? []);
  throw new CouldNotJudge(`the polls of ${unseen.length} launches could not be read${why === undefined ? '' : `: ${why}`}`);
}

/** "process 12 /opt/worker, 5.2 s after the start". */
export function sightingText({ poll: { process, atMs, namespace, taskQueue, kind, identity } }: Sighting): string {
  const who = process === undefined ? 'a process' : `process ${process.pid} ${process.command}`;
  const where = `the ${kind} queue "${taskQueue}" in namespace "${namespace}"`;
  return `${who} polls ${where} as ${identity}, ${(atMs / 1000).toFixed(1)} s after the start`;
}

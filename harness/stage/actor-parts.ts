import type { LlmStandIn } from '../services/llm.ts';
import type { Guest } from '../services/service.ts';
import type { Launch } from '../system/launch/launch.ts';
import type { Post } from '../temporal/post.ts';
import type { Connections } from './connections.ts';
import type { Endings } from './endings.ts';
import type { Limits } from './limits.ts';
import type { Places } from './given-places.ts';
import type { Polling } from './polling.ts';
import type { StandInAnswers } from './own-workers.ts';
import type { Site } from './site.ts';
import type { Turn } from './take-turns.ts';

/** What an actor is made of. */
export type ActorParts = {
  readonly connections: Connections;
  readonly endings: Endings;
  readonly launch: Launch;
  readonly llm: LlmStandIn;
  /** The server and the namespace in which it works. */
  readonly site: Site;
  readonly post: Post;
  /** Its task queues by the contract's names, and its build id. */
  readonly queues: Readonly<Record<string, string>>;
  readonly buildId: string;
  /** The contract's name of the queue on which a type is registered. */
  readonly queueOf: (type: string) => string;
  /** Its own way to the server; undefined to somebody else's. */
  readonly way: Polling | undefined;
  /** This launch, as services know it. */
  readonly guest: Guest;
  /** The task queue of the harness's own worker, which hosts what calls activities. */
  readonly callers: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where it was told that the server is. */
  readonly address: string;
  /** What placeholders of the contract stand for in it. */
  readonly places: Places;
  /** Who polls through its own way to the server; undefined where there is none, or the launch was told to poll elsewhere. */
  readonly polling: Polling | undefined;
  readonly limits: Limits;
  /** Where two cannot run at once. */
  readonly turn: Turn | undefined;
  /** Another launch goes on where this one worked. */
  readonly keepsSite: boolean;
  /** What the harness answers in the place of activities that the worker does not have; shared with launches that go on where it worked. */
  readonly answers: StandInAnswers;
  /** Draws the number of one more execution of the run. */
  readonly nextNumber: () => number;
  /** How long the first launch took to be ready; undefined while nobody knows. */
  readonly usualReadyMs: () => number | undefined;
  /** The run's: what several checks wait for does not end with the first of them. */
  readonly signal: AbortSignal;
};

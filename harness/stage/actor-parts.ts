import type { LlmStandIn } from '../services/llm.ts';
import type { Guest } from '../services/service.ts';
import type { Launch } from '../system/launch/launch.ts';
import type { Post } from '../temporal/ready.ts';
import type { Connections } from './connections.ts';
import type { Endings } from './endings.ts';
import type { Limits } from './limits.ts';
import type { Polling } from './polling.ts';

/** What an actor is made of. */
export type ActorParts = {
  readonly connections: Connections;
  readonly endings: Endings;
  readonly launch: Launch;
  readonly llm: LlmStandIn;
  readonly post: Post;
  /** This launch, as services know it. */
  readonly guest: Guest;
  /** The task queue of the harness's own worker, which hosts what calls activities. */
  readonly callers: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where it was told that the server is. */
  readonly address: string;
  /** Who polls through its own way to the server; undefined where there is none, or the launch was told to poll elsewhere. */
  readonly polling: Polling | undefined;
  readonly limits: Limits;
  /** How long the first launch took to be ready; undefined while nobody knows. */
  readonly usualReadyMs: () => number | undefined;
  /** The run's: what several checks wait for does not end with the first of them. */
  readonly signal: AbortSignal;
};

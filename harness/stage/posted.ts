import type { Launch } from '../system/launch/launch.ts';
import type { Post } from '../temporal/post.ts';
import { namesProcess } from '../temporal/ready.ts';
import type { ActorParts } from './actor-parts.ts';
import type { Places } from './given-places.ts';
import type { Polling } from './polling.ts';
import type { Site } from './site.ts';

/** One launch and where it was told to work. */
export class Posted {
  readonly launch: Launch;
  /** The server and the namespace in which it works. */
  readonly site: Site;
  readonly post: Post;
  /** Its task queues by the contract's names, and the build id of its deployment. */
  readonly queues: Readonly<Record<string, string>>;
  readonly buildId: string;
  /** Where it was told that the server is. */
  readonly address: string;
  /** What placeholders of the contract stand for in it. */
  readonly places: Places;
  /** Its own way to the server; undefined to somebody else's. */
  readonly way: Polling | undefined;
  /** Who polls through its own way to the server; undefined where there is none, or the launch was told to poll elsewhere. */
  readonly polling: Polling | undefined;
  readonly #queueOf: ActorParts['queueOf'];

  constructor(parts: ActorParts) {
    ({ launch: this.launch, site: this.site, post: this.post, queues: this.queues, buildId: this.buildId } = parts);
    ({ address: this.address, places: this.places, way: this.way, polling: this.polling, queueOf: this.#queueOf } = parts);
  }

  /** Whether the server lists a poller on one of its queues, in its namespace. */
  async polls(): Promise<boolean> {
    return (await this.site.pollers(this.post)).length > 0;
  }

  /** Whether this is an identity of the launch: it names a process of it, or was seen to poll by its own way to the server. */
  isOwn(identity: string): boolean {
    return namesProcess(this.launch, identity) || this.way?.isSeen(identity) === true;
  }

  /** The task queue that the contract names, or the one on which a type is registered. */
  queueFor(type: string, named?: string): string {
    return this.queues[named ?? this.#queueOf(type)] ?? '';
  }
}

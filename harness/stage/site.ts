import type { Connection } from '@temporalio/client';
import type { HistoryEvent } from '../temporal/history.ts';
import { historyOf, runsOf, type ListedRun } from '../temporal/histories.ts';
import type { ServerInfo } from '../temporal/connect.ts';
import { listWorkers, type ListedWorker, type Poller } from '../temporal/pollers.ts';
import { pollersAt, type Post } from '../temporal/post.ts';

/** A run with its history. */
export type KeptRun = { readonly run: ListedRun; readonly events: () => Promise<HistoryEvent[]> };

/** What a server of a launch's own knew when it was ended. */
type Record = { readonly runs: readonly KeptRun[]; readonly workers: readonly ListedWorker[]; readonly pollers: readonly Poller[] };

/** A server for launches that no other may share, from its start to its end. */
export type OwnServer = { readonly server: ServerInfo; readonly connection: Connection } & AsyncDisposable;

/** The server and the namespace in which a launch works; what is to be known of them afterwards outlives a server of the launch's own. */
export class Site {
  readonly server: ServerInfo;
  readonly connection: Connection;
  readonly namespace: string;
  readonly #own: OwnServer | undefined;
  #record: Promise<Record> | undefined;

  constructor(place: Pick<Site, 'server' | 'connection'>, namespace: string, own?: OwnServer) {
    ({ server: this.server, connection: this.connection } = place);
    this.namespace = namespace;
    this.#own = own;
  }

  /** The same server, and another namespace. */
  at(namespace: string): Site {
    return new Site(this, namespace, this.#own);
  }

  /** Whether nobody else works on its server. */
  get isOwn(): boolean {
    return this.#own !== undefined;
  }

  /** Every run of the namespace. */
  async runs(): Promise<readonly KeptRun[]> {
    if (this.#record) return (await this.#record).runs;
    const { connection, namespace } = this;
    const listed = await runsOf(connection, namespace);
    return listed.map((run) => ({ run, events: () => historyOf(connection, namespace, run) }));
  }

  /** The workers that the server lists in the namespace; none where it is too old to. */
  async workers(): Promise<readonly ListedWorker[]> {
    if (this.#record) return (await this.#record).workers;
    return (await listWorkers(this.connection, this.namespace)) ?? [];
  }

  /** The pollers of a launch's task queues. */
  async pollers(post: Post): Promise<readonly Poller[]> {
    if (this.#record) return (await this.#record).pollers;
    return pollersAt(this.connection, post);
  }

  /** Ends a server of the launch's own, after what is asked later was read. Idempotent. */
  async end(post: Post): Promise<void> {
    if (this.#own === undefined || this.#record !== undefined) return;
    this.#record = this.#read(post);
    await this.#record.catch(() => {}); // whoever asks is told
    await this.#own[Symbol.asyncDispose]();
  }

  async #read(post: Post): Promise<Record> {
    const { connection, namespace } = this;
    const [listed, workers, pollers] = await Promise.all([
      runsOf(connection, namespace), listWorkers(connection, namespace), pollersAt(connection, post),
    ]);
    const runs = [];
    for (const run of listed) {
      const events = await historyOf(connection, namespace, run);
      runs.push({ run, events: async () => events });
    }
    return { runs, workers: workers ?? [], pollers };
  }
}

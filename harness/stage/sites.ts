import { usedPlaceholders } from '../contract/known-placeholders.ts';
import type { Contract } from '../contract/schema.ts';
import { plainName } from '../system/plain-name.ts';
import { connect } from '../temporal/connect.ts';
import { registerNamespace, registerSearchAttributes } from '../temporal/namespaces.ts';
import { startOwnServer } from '../temporal/server.ts';
import type { Connections } from './connections.ts';
import type { RunContext } from './run-context.ts';
import { Site, type OwnServer } from './site.ts';

/** What follows from how a worker is told its namespace and its task queues. */
export type Sharing = {
  /** The namespace in its code; undefined where it is told. */
  readonly fixedNamespace: string | undefined;
  /** Launches on one server would take each other's tasks. */
  readonly ownServers: boolean;
};

/** A worker that is told no namespace uses this one. */
const defaultNamespace = 'default';

/** How the launches of this worker can be kept apart. */
export function sharingOf(contract: Contract): Sharing {
  const { temporal: { namespace, taskQueues }, nexus } = contract;
  const told = typeof namespace === 'string' || usedPlaceholders(contract).has('temporal.namespace');
  const fixedNamespace = told ? undefined : (typeof namespace === 'object' ? namespace.fixed : defaultNamespace);
  const meet = fixedNamespace !== undefined && taskQueues.some(({ fixed }) => fixed !== undefined);
  // A Nexus endpoint is one for the whole server, and leads to one task queue.
  return { fixedNamespace, ownServers: meet || nexus.length > 0 };
}

/** Gives each launch its server and its namespace. */
export class Sites {
  readonly #opened: Connections;
  readonly #run: RunContext;
  readonly #signal: AbortSignal;
  readonly #sharing: Sharing;
  readonly #searchAttributes: Contract['temporal']['searchAttributes'];
  readonly #prepared = new Map<string, Promise<void>>();

  constructor(opened: Connections, run: RunContext, contract: Contract, signal: AbortSignal) {
    this.#opened = opened;
    this.#run = run;
    this.#signal = signal;
    this.#sharing = sharingOf(contract);
    this.#searchAttributes = contract.temporal.searchAttributes;
  }

  /** The next launch's. @throws what the server answers. */
  async next(): Promise<Site> {
    const { server, connection, namespaces } = this.#opened;
    const { fixedNamespace, ownServers } = this.#sharing;
    if (ownServers && server.kind === 'dev-server') {
      const namespace = fixedNamespace ?? plainName();
      const own = await this.#start(namespace);
      await registerSearchAttributes(own.connection, namespace, this.#searchAttributes);
      return new Site(own, namespace, own);
    }
    const namespace = fixedNamespace ?? await namespaces.next();
    const preparing = this.#prepared.get(namespace) ?? this.#prepare(namespace);
    this.#prepared.set(namespace, preparing);
    await preparing;
    return new Site({ server, connection }, namespace);
  }

  /** Where a launch works that is told no namespace, and uses this one of its own. @throws what the server answers. */
  async elsewhere(given: Site, namespace: string): Promise<Site> {
    const { kind } = given.server;
    const isThere = namespace === defaultNamespace || namespace === given.namespace;
    if (kind === 'dev-server' && !isThere) {
      await registerNamespace(given.connection, namespace);
      await registerSearchAttributes(given.connection, namespace, this.#searchAttributes);
    }
    return given.at(namespace);
  }

  /** On our own server a namespace of the worker's code is registered, and the search attributes that it needs. */
  async #prepare(namespace: string): Promise<void> {
    const { server, connection, namespaces } = this.#opened;
    if (server.kind !== 'dev-server') return;
    if (namespace === this.#sharing.fixedNamespace && namespace !== defaultNamespace) await namespaces.register(namespace);
    await registerSearchAttributes(connection, namespace, this.#searchAttributes);
  }

  async #start(namespace: string): Promise<OwnServer> {
    const started = await startOwnServer(this.#opened.server, namespace, { run: this.#run.run, signal: this.#signal });
    try {
      const connection = await connect(started.info);
      return {
        server: started.info, connection,
        async [Symbol.asyncDispose]() {
          await connection.close();
          await started[Symbol.asyncDispose]();
        },
      };
    } catch (error) {
      await started[Symbol.asyncDispose]();
      throw error;
    }
  }
}

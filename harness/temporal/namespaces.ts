import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { searchAttributeTypes } from '../contract/temporal-schema.ts';
import { plainName } from '../system/plain-name.ts';
import { waitFor } from '../system/wait.ts';
import { listPollers } from './pollers.ts';
import type { ServerInfo } from './connect.ts';

/** So many are ready before they are asked for; each costs an idle dev server 1 MB and its own system worker. */
const ahead = 4;

/** Between its registration and its use in every part of the server there is a moment. */
const usableWithinMs = 30_000;

/** Gives the next launch's namespace, which is usable. Throws what the server answers, or WaitFailed when it does not become usable. */
export type Namespaces = {
  next(): Promise<string>;
  /** Registers one of a given name on our own server, and waits until it is usable. */
  register(name: string): Promise<string>;
};

/**
 * A namespace for each launch. On our own server they are registered as they are needed, a few ahead, so that no launch waits for one;
 * on somebody else's server it is always the one that the user named. One for a run: the first ones are those that the server was
 * started with.
 */
export function namespacesOf(connection: Connection, { kind, namespaces }: Pick<ServerInfo, 'kind' | 'namespaces'>): Namespaces {
  const ready = namespaces.map((name) => Promise.resolve(name));
  const registered = (): Promise<string> => {
    const name = registerNamespace(connection, plainName());
    name.catch(() => {}); // whoever gets it is told
    return name;
  };
  return {
    register: (name) => registerNamespace(connection, name),
    async next() {
      if (kind === 'external') return ready[0] ?? 'default';
      const next = ready.shift() ?? registered();
      while (ready.length < ahead) ready.push(registered());
      return next;
    },
  };
}

/** Gives a namespace of our own server its search attributes. They are usable at once. */
export async function registerSearchAttributes(
  connection: Connection, namespace: string, wanted: Readonly<Record<string, keyof typeof searchAttributeTypes>>,
): Promise<void> {
  const searchAttributes = Object.fromEntries(Object.entries(wanted).map(([name, type]) => [name, searchAttributeTypes[type]]));
  if (Object.keys(searchAttributes).length > 0) await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}

const alreadyThere = 6; // gRPC ALREADY_EXISTS

/** Registers a namespace, unless it is there, and waits until it is usable. @throws what the server answers otherwise. */
export async function registerNamespace(connection: Connection, namespace: string): Promise<string> {
  const workflowExecutionRetentionPeriod = proto.google.protobuf.Duration.fromObject({ seconds: 86_400 });
  const registering = connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  await registering.catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === alreadyThere)) throw error;
  });
  const answers = async (): Promise<true> => (await listPollers(connection, namespace, 'none')) && true;
  await waitFor(`namespace ${namespace} to be usable`, answers, { deadlineMs: usableWithinMs });
  return namespace;
}

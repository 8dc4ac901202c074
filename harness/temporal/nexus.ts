import type { Connection } from '@temporalio/client';

/** A Nexus endpoint, and the task queue to which it leads. */
type Endpoint = { readonly name: string; readonly namespace: string; readonly taskQueue: string };

const alreadyThere = 6; // gRPC ALREADY_EXISTS

/** Makes Nexus endpoints on a server, unless they are there. @throws what the server answers otherwise. */
export async function makeEndpoints({ operatorService }: Connection, endpoints: readonly Endpoint[]): Promise<void> {
  for (const { name, namespace, taskQueue } of endpoints) {
    const made = operatorService.createNexusEndpoint({ spec: { name, target: { worker: { namespace, taskQueue } } } });
    await made.catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === alreadyThere)) throw error;
    });
  }
}

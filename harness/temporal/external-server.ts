import { InfrastructureError, messageOf } from '../model/errors.ts';
import { connect, externalNamespace } from './connect.ts';
import type { TemporalServer } from './server-info.ts';

/** The names by which Temporal's own environment configuration is passed on to a worker, besides address and namespace. */
function clientEnvironment(): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => /^TEMPORAL_(API_KEY|TLS|TLS_.*|GRPC_META_.*)$/.test(name));
  return Object.fromEntries(own.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/**
 * Uses a server that is already there; nothing of it is changed and nothing is stopped.
 * Namespace, TLS and API key come from Temporal's own variables (TEMPORAL_NAMESPACE, TEMPORAL_TLS_…, TEMPORAL_API_KEY).
 * @throws {InfrastructureError} when it does not answer or the namespace is unknown.
 */
export async function useExternalServer(address: string): Promise<TemporalServer> {
  const namespace = externalNamespace();
  try {
    const connection = await connect({ kind: 'external', address });
    try {
      const { serverVersion } = await connection.workflowService.getSystemInfo({});
      await connection.workflowService.describeNamespace({ namespace });
      return {
        info: { kind: 'external', address, serverVersion, namespaces: [namespace], clientEnvironment: clientEnvironment() },
        async [Symbol.asyncDispose]() {},
      };
    } finally {
      await connection.close();
    }
  } catch (error) {
    throw new InfrastructureError(
      `the Temporal server at ${address} cannot be used with namespace "${namespace}": ${messageOf(error)}; ` +
        'check --temporal-address and the variables TEMPORAL_NAMESPACE, TEMPORAL_TLS and TEMPORAL_API_KEY, or leave --temporal-address ' +
          'out to use a dev server',
      { cause: error },
    );
  }
}

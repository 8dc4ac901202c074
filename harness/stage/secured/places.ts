import { apiKeyName, securedOf } from '../../contract/secured.ts';
import type { SecuredPlace } from '../../contract/secured-places.ts';
import type { Connections } from '../connections.ts';
import type { SecuredPlaces } from '../given-places.ts';
import type { RunContext } from '../run-context.ts';

/** What Temporal's environment configuration calls them, by which the user's own server is described. */
const variables: Readonly<Record<SecuredPlace, string>> = {
  ca: 'TEMPORAL_TLS_SERVER_CA_CERT_PATH', cert: 'TEMPORAL_TLS_CLIENT_CERT_PATH', key: 'TEMPORAL_TLS_CLIENT_KEY_PATH',
  caPem: 'TEMPORAL_TLS_SERVER_CA_CERT_DATA', certPem: 'TEMPORAL_TLS_CLIENT_CERT_DATA', keyPem: 'TEMPORAL_TLS_CLIENT_KEY_DATA',
  serverName: 'TEMPORAL_TLS_SERVER_NAME', apiKey: 'TEMPORAL_API_KEY',
};

/** What there is of TLS and the API key to tell a worker: the run's own on our own server, on somebody else's the user's. */
export function securedPlaces({ contract, canaries }: RunContext, { server, certificates }: Connections): SecuredPlaces {
  if (server.kind === 'external') return Object.fromEntries(
    Object.entries(variables).map(([place, name]) => [place, server.clientEnvironment[name]]),
  );
  const secured = contract && securedOf(contract);
  if (contract === undefined || secured === undefined || certificates === undefined) return {};
  const apiKey = canaries[apiKeyName(contract)];
  return {
    ...certificates.told, ...(apiKey !== undefined && { apiKey }), ...(!secured.isToldCa && { store: certificates.store }),
  };
}

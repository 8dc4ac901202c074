import { join } from 'node:path';
import type { Connection } from '@temporalio/client';
import { fillIn } from '../contract/placeholders.ts';
import type { Contract } from '../contract/schema.ts';
import { securedOf } from '../contract/secured.ts';
import { CouldNotJudge } from '../model/errors.ts';
import type { RunningService } from '../services/service.ts';
import { joinServices, type Services } from '../services/services.ts';
import { RemoteCodec } from '../temporal/codec.ts';
import { connect, type ServerInfo } from '../temporal/connect.ts';
import { namespacesOf, type Namespaces } from '../temporal/namespaces.ts';
import { makeCertificates, type Certificates } from '../temporal/tls/certificates.ts';
import { fixture, type Scope } from './scope.ts';

/** What the checks of a run are connected to. */
export type Connections = {
  readonly server: ServerInfo;
  readonly connection: Connection;
  readonly namespaces: Namespaces;
  readonly services: Services;
  /** Where a worker comes to our own server by TLS. */
  readonly certificates: Certificates | undefined;
  /** The worker's payload codec in a namespace; undefined where the contract names none. */
  readonly codecIn: (namespace: string) => RemoteCodec | undefined;
};

/** Opened at first use: the checks on the file alone need no server. @throws {CouldNotJudge} where there is none. */
export const connections = fixture<Connections>(
  'connections',
  async ({ run: { server, contract, services, run } }) => {
    if (server === undefined) throw new CouldNotJudge('there is no Temporal server');
    const connection = await connect(server);
    const joined = await joinServices(contract?.services ?? [], services);
    const secured = server.kind === 'dev-server' && contract !== undefined ? securedOf(contract) : undefined;
    const certificates = secured && await makeCertificates(join(run.folder, 'tls'), secured);
    const codecIn = codecsOf(contract?.codec, services);
    return { server, connection, namespaces: namespacesOf(connection, server), services: joined, certificates, codecIn };
  },
  async ({ connection, services }) => {
    await services[Symbol.asyncDispose]();
    await connection.close();
  },
);

/** Asked at the service itself, not through the door of a launch: that one shows what the worker does. */
function codecsOf(codec: Contract['codec'], running: readonly RunningService[]): Connections['codecIn'] {
  if (codec === undefined) return () => undefined;
  const { url, authorization } = codec;
  const filled = fillIn(url, (placeholder) => {
    const [, service = '', place = ''] = placeholder.split('.');
    const { host = '', port = 0 } = running.find(({ name }) => name === service)?.info ?? {};
    return new Map([['url', `http://${host}:${port}`], ['host', host], ['port', String(port)]]).get(place);
  });
  const codecs = new Map<string, RemoteCodec>();
  return (namespace) => {
    const known = codecs.get(namespace) ?? new RemoteCodec({ url: filled, namespace, authorization });
    codecs.set(namespace, known);
    return known;
  };
}

/** Which service does not answer any more, so that a failure may not be the worker's; undefined before any is used. */
export async function serviceDown(scope: Scope): Promise<string | undefined> {
  const opened = await connections.begunIn(scope)?.catch(() => undefined);
  return opened?.services.down();
}

import type { Connection } from '@temporalio/client';
import { CouldNotJudge } from '../model/errors.ts';
import { RedisMonitor } from '../services/redis-monitor.ts';
import { connect } from '../temporal/connect.ts';
import { Namespaces } from '../temporal/namespaces.ts';
import type { ServerInfo } from '../temporal/server-info.ts';
import { fixture } from './scope.ts';

/** What the checks of a run are connected to. */
export type Connections = {
  readonly server: ServerInfo;
  readonly connection: Connection;
  readonly namespaces: Namespaces;
  readonly monitor: RedisMonitor | undefined;
};

/** Opened at first use: the checks on the file alone need no server. @throws {CouldNotJudge} where there is none. */
export const connections = fixture<Connections>(
  'connections',
  async ({ run: { server, redis } }) => {
    if (server === undefined) throw new CouldNotJudge('there is no Temporal server');
    const monitor = redis && (await RedisMonitor.start(redis));
    const connection = await connect(server);
    return { server, connection, namespaces: new Namespaces(connection, server), monitor };
  },
  async ({ connection, monitor }) => {
    await monitor?.[Symbol.asyncDispose]();
    await connection.close();
  },
);

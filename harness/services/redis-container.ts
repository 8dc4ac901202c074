import { redisDatabases, serverInfo, type RedisServer } from './redis.ts';

const image = 'redis:7.4-alpine';

/** Starts Redis in a container; needs a container runtime that testcontainers finds. */
export async function startRedisContainer(): Promise<RedisServer> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(image)
    .withCommand(['redis-server', '--save', '', '--databases', String(redisDatabases)])
    .withExposedPorts(6379)
    .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
    .withStartupTimeout(60_000)
    .start();
  const port = container.getMappedPort(6379);
  return {
    info: { host: container.getHost(), port, version: (await serverInfo(port)).version, origin: `container ${image}` },
    async [Symbol.asyncDispose]() {
      await container.stop({ timeout: 5_000 });
    },
  };
}

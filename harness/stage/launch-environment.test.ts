import { expect, test } from 'vitest';
import { smallText } from '../contract/example.testing.ts';
import { parseContract } from '../contract/load.ts';
import { launchStart } from './launch-environment.ts';

const contract = parseContract(`${smallText}services: [llm, { name: db, kind: postgres }]
environment:
  DATABASE_URL: { from: db.url, secret: true }
  DATABASE_PORT: { from: db.port }
  OPTIONS: { value: '{"host": "{service.db.host}", "model": "{service.llm.url}/v1"}' }
  TOKEN: { secret: true, required: true }
  LEVEL: { default: INFO }`, 'c');

const db = { url: 'postgresql://u:p@h:1/launch_7', host: 'h', port: '1', user: 'u', password: 'p', database: 'launch_7' };
const room = { folder: '/r', home: '/r/home', tmp: '/r/tmp', cwd: '/r/app', logs: '/r/log' };
const places = {
  address: 'a:7233', namespace: 'n', queues: { main: 'q', ledger: 'fixed-q' }, buildId: 'b7', ports: { metrics: 9464 }, room,
  services: { db, llm: { url: 'http://m' } }, secured: {},
};

test('a launch is told where services are, as a whole, in parts and inside of values', () => {
  const canaries = { TOKEN: '0123456789abcdef' };
  expect(launchStart(contract, places, { canaries, client: {} }, {}).environment).toEqual({
    DATABASE_URL: db.url,
    DATABASE_PORT: '1',
    OPTIONS: '{"host": "h", "model": "http://m/v1"}',
    TOKEN: '0123456789abcdef',
    TEMPORAL_ADDRESS: 'a:7233',
  });
});

test('a launch is told its server, its queues and its version by variables, flags of every spelling and placeholders', () => {
  const told = parseContract(`worker: w
arguments: [serve, --config, "{file.config.toml}", "--url=http://{temporal.host}:{temporal.port}/{temporal.namespace}"]
files: { config.toml: "queue = '{queue.side}'" }
temporal:
  address: --temporal_address
  namespace: --ns=
  taskQueues:
    - { name: main, from: -q, workflows: [W] }
    - { name: ledger, fixed: fixed-q, activities: [a] }
    - { name: side, activities: [b] }
  deployment: { name: d, buildId: BUILD_ID }
environment:
  METRICS: { value: "127.0.0.1:{port.metrics}" }
  CACHE: { value: "{room.home}/cache" }`, 'c');
  const start = launchStart(told, { ...places, queues: { ...places.queues, side: 'q2' } }, { canaries: {}, client: {} }, {});
  expect(start.args).toEqual([
    'serve', '--config', '/r/app/config.toml', '--url=http://a:7233/n', '--temporal_address', 'a:7233', '--ns=n', '-q', 'q',
  ]);
  expect(start.environment).toEqual({ METRICS: '127.0.0.1:9464', CACHE: '/r/home/cache', BUILD_ID: 'b7' });
});

const secured = { ca: '/ca', cert: '/cert', key: '/key', certPem: '-----BEGIN', serverName: 's.test', apiKey: 'k7' };

test('a launch is told of TLS and its API key by variables, flags and inside of values', () => {
  const told = parseContract(`worker: w
temporal: { address: TEMPORAL_ADDRESS, apiKey: KEY, tls: { ca: CA, cert: --cert, key: --key } }
registers: { workflows: [Greet] }
environment: { KEY: { secret: true }, NAME: { value: "{temporal.serverName}" }, PEM: { value: "{temporal.certPem}" } }`, 'c');
  expect(launchStart(told, { ...places, secured }, { canaries: {}, client: {} }, {})).toMatchObject({
    environment: { TEMPORAL_ADDRESS: 'a:7233', KEY: 'k7', CA: '/ca', NAME: 's.test', PEM: '-----BEGIN' },
    args: ['--cert', '/cert', '--key', '/key'],
  });
});

test('one that is told nothing of an authority trusts whom the system does', () => {
  const told = parseContract(`worker: w
temporal: { address: TEMPORAL_ADDRESS, tls: true }
registers: { workflows: [Greet] }`, 'c');
  expect(launchStart(told, { ...places, secured: { ...secured, store: '/store' } }, { canaries: {}, client: {} }, {}).environment).toEqual({
    TEMPORAL_ADDRESS: 'a:7233', SSL_CERT_FILE: '/store', NODE_EXTRA_CA_CERTS: '/ca',
  });
});

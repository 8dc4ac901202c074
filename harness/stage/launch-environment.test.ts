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
const places = { address: 'a:7233', namespace: 'n', taskQueue: 'q', services: { db, llm: { url: 'http://m' } } };

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

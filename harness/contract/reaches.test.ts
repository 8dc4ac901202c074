import { expect, test } from 'vitest';
import { parseReach } from './reaches.ts';

test.each([
  ['llm.header.X-Api-Key', { at: 'llm.header', model: 'llm', name: 'x-api-key' }],
  ['llm.body.messages.0.content', { at: 'llm.body', model: 'llm', path: ['messages', '0', 'content'] }],
  ['gpt-mini.header.api-key', { at: 'llm.header', model: 'gpt-mini', name: 'api-key' }],
  ['gpt-mini.body.model', { at: 'llm.body', model: 'gpt-mini', path: ['model'] }],
  ['llm.url', { at: 'service', name: 'llm' }],
  ['redis.url', { at: 'service', name: 'redis' }],
  ['my-db.url', { at: 'service', name: 'my-db' }],
  ['poller.taskQueue', { at: 'poller', field: 'taskQueue' }],
  ['poller.namespace', { at: 'poller', field: 'namespace' }],
  ['poller.address', { at: 'poller', field: 'address' }],
  ['result.status', { at: 'result', path: ['status'] }],
  ['log: concurrency {value} is used', { at: 'log', template: 'concurrency {value} is used' }],
])('%s', (text, reach) => {
  expect(parseReach(text)).toStrictEqual(reach);
});

test.each([
  '', 'llm', 'llm.header.', 'llm.header.a b', 'llm.body', 'llm.body.a..b', 'poller.queue', 'result', 'log: nothing varies',
  'poller.header.a', 'redis.url.x', 'redis.host', 'poller.url',
])(
  'not a reach: "%s"',
  (text) => {
    expect(parseReach(text)).toBeUndefined();
  },
);

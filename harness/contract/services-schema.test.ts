import { describe, expect, test } from 'vitest';
import { environmentCases } from './cases.ts';
import { smallText } from './example.testing.ts';
import { parseContract } from './load.ts';
import { fillIn } from './placeholders.ts';
import { modelsMeant } from './services-schema.ts';

const program = '{ name: backend, command: [python3, stub.py, "{port}"] }';

function refusal(text: string): string {
  try {
    parseContract(`${smallText}${text}`, 'c');
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
  return 'accepted';
}

test('a word, a kind with a name and a program of the project', () => {
  const { services } = parseContract(`${smallText}services: [llm, { name: cache, kind: redis }, ${program}, { name: other, command: ` +
    '[./serve], ready: { http: "http://127.0.0.1:{port}/health", withinSeconds: 5 } }]', 'c');
  const ready = { tcp: '{port}', withinSeconds: 60 };
  expect(services).toStrictEqual([
    { name: 'llm', kind: 'llm', command: [], ready },
    { name: 'cache', kind: 'redis', command: [], ready },
    { name: 'backend', kind: 'command', command: ['python3', 'stub.py', '{port}'], ready },
    { name: 'other', kind: 'command', command: ['./serve'], ready: { http: 'http://127.0.0.1:{port}/health', withinSeconds: 5 } },
  ]);
});

const models = 'services: [llm, { name: gpt, kind: llm }, redis]';

describe('one line for', () => {
  test.each([
    ['no list', 'llm', ': expected a list of services, got "llm"'],
    ['a mapping without a name', '[{ kind: redis }]', '[0].name: is missing: expected a name of letters, digits, _ and -'],
    ['a misspelt key', '[{ name: a, comand: [x] }]', '[0].comand: unknown key; did you mean command?\n' +
      'c:4: services[0]: expected exactly one of kind, command, got a mapping with name, comand'],
    ['neither kind nor command', '[{ name: a }]', '[0]: expected exactly one of kind, command, got a mapping with name'],
    ['both', '[{ name: a, kind: redis, command: [x] }]',
      '[0]: expected exactly one of kind, command, got a mapping with name, kind, command'],
    ['a kind that needs a command', '[command]', '[0]: expected one of llm, redis, postgres, or a mapping with name, got "command"'],
    ['an empty command', '[{ name: a, command: [] }]', '[0].command: expected at least one argument, got an empty list'],
    ['readiness of a kind', '[{ name: a, kind: redis, ready: { tcp: "1" } }]', '[0].ready: stands beside command only'],
    ['two readinesses', '[{ name: a, command: [x], ready: {} }]', '[0].ready: expected exactly one of tcp, http, got an empty mapping'],
    ['a port that is none', '[{ name: a, command: [x], ready: { tcp: web } }]',
      '[0].ready.tcp: expected "{port}", or a port in quotes, got "web"'],
    ['an address elsewhere', '[{ name: a, command: [x], ready: { http: "https://example.com/" } }]',
      '[0].ready.http: expected an address such as "http://127.0.0.1:{port}/health", got "https://example.com/"'],
    ['a name twice', '[redis, { name: redis, kind: redis }]', '[1]: "redis" is listed twice'],
    ['a name of another kind', '[{ name: llm, kind: redis }]', '[0]: "llm" means something else in from and reaches; choose another name'],
    ['a misspelt placeholder', '[{ name: a, command: [x, "{prot}"] }]', '[0]: unknown placeholder {prot}; a command knows {port} only'],
  ])('%s', (_, services, line) => {
    expect(refusal(`services: ${services}`)).toBe(`c:4: services${line}`);
  });

  test.each([
    ['{ A: { reaches: gtp.header.api-key } }', 'environment.A.reaches: "gtp" is no model in services; there are llm, gpt'],
    ['{ A: { reaches: redis.body.model } }', 'environment.A.reaches: "redis" is no model in services; there are llm, gpt'],
    ['{ A: { from: gpt.user } }', 'environment.A.from: gpt has no user; it has url, host, port'],
  ])('%s, of several models', (environment, message) => {
    expect(refusal(`${models}\nenvironment: ${environment}`)).toBe(`c:5: ${message}`);
  });

  test.each([
    ['llm: [{ service: redis, text: x }]', 'llm: "redis" is no model in services; there are llm, gpt'],
    ['llm: [{ service: gpt, text: x }, { text: y }]',
      'llm: says of some replies whose they are: say service in each of them, or in none'],
    ['llm: [{ text: x }], asks: [{ model: m }, { service: claude, contains: x }]',
      'asks: "claude" is no model in services; there are llm, gpt'],
    ['llm: [{ text: x }], asks: [{ modle: m }]', 'asks[0].modle: unknown key; known are service, model, contains'],
    ['llm: [{ text: x }], asks: []', 'asks: expected a mapping, or a list of them, got an empty list'],
  ])('%s', (part, message) => {
    const text = `${models}\nexecutions: [{ name: a, workflow: Greet, expect: { result: x }, ${part} }]`;
    expect(refusal(text)).toBe(`c:5: executions[0].${message}`);
  });

  test.each([
    ['{ url: "{service.backend.url}", x: 1 }', 'codec.x: unknown key; known are url, authorization'],
    ['{}', 'codec.url: is missing: expected an address such as "http://127.0.0.1:8081", or "{service.NAME.url}"'],
    ['{ url: localhost }', 'codec.url: expected an address such as "http://127.0.0.1:8081", or "{service.NAME.url}", got "localhost"'],
    ['{ url: "{service.bakcend.url}" }', 'codec.url: unknown placeholder {service.bakcend.url}; did you mean {service.backend.url}?'],
    ['{ url: "{service.backend.url" }', 'codec.url: "{service.backend.url" is not closed: write {service.backend.url}'],
    ['{ url: "{service.redis.url}" }', 'codec.url: redis is no program of the contract: a codec is a service with a command'],
    ['{ url: "{service.backend.port}" }', 'codec.url: "{service.backend.port}" makes no address'],
    ['{ url: "http://{service.backend.host}:{service.backend.port}/codec", authorization: "Bearer x" }', undefined],
  ])('codec: %s', (codec, message) => {
    const text = `services: [${program}, redis]\ncodec: ${codec}`;
    expect(refusal(text)).toBe(message === undefined ? 'accepted' : `c:5: ${message}`);
  });

  test.each([
    ['input: [{ $base64: "AAE=" }], expect: { result: { $base64: "AA==" } }', undefined],
    ['input: [{ $base64: "A" }], expect: { result: x }', 'input[0]: $base64 must be base64, and stand alone'],
    ['input: [{ $base64: AA==, b: 1 }], expect: { result: x }', 'input[0]: $base64 must be base64, and stand alone'],
    ['expect: { result: { a: { $base64: "?" } } }', 'expect.result: result.a.$base64 must be base64'],
  ])('%s', (part, message) => {
    const text = `executions: [{ name: a, workflow: Greet, ${part} }]`;
    expect(refusal(text)).toBe(message === undefined ? 'accepted' : `c:4: executions[0].${message}`);
  });

  test.each([
    ['{ from: cahce.url }', 'from: needs cahce in services; did you mean cache.url?'],
    ['{ from: cache.user }', 'from: cache has no user; it has url, host, port, database'],
    ['{ from: queue.url }', 'from: needs queue in services'],
    ['{ from: cache }', 'from: expected a place of a service, such as llm.url, got "cache"'],
    ['{ reaches: queue.url }', 'reaches: needs queue in services'],
    ['{ value: "{service.cahce.url}" }', 'value: unknown placeholder {service.cahce.url}; did you mean {service.cache.url}?'],
    ['{ value: "at {servce.backend.port}" }', 'value: unknown placeholder {servce.backend.port}; did you mean {service.backend.port}?'],
    ['{ value: "{service.cache.url" }', 'value: "{service.cache.url" is not closed: write {service.cache.url}'],
    ['{ value: "{service.somewhere.elsewhere}" }',
      'value: unknown placeholder {service.somewhere.elsewhere}; known are {service.cache.url}, ' +
      '{service.cache.host}, {service.cache.port}, {service.cache.database}, {service.backend.url}, {service.backend.host}, ' +
      '{service.backend.port}'],
  ])('%s', (variable, message) => {
    const text = `services: [{ name: cache, kind: redis }, ${program}]\nenvironment:\n  A: ${variable}`;
    expect(refusal(text)).toBe(`c:6: environment.A.${message}`);
  });
});

test('what is in braces and no placeholder stays as it is; placeholders are filled in', () => {
  const value = '{"a":{"b":1}} {} {time} {0.name} {{x}} {service.db.host}:{service.db.port}';
  const filled = fillIn(value, (name) => (name.startsWith('service.') ? `<${name}>` : undefined));
  expect(filled).toBe('{"a":{"b":1}} {} {time} {0.name} {{x}} <service.db.host>:<service.db.port>');
  expect(refusal('environment: { A: { value: "{time} {level}" }, B: { type: url, value: "{x}" } }')).toBe(
    'c:4: environment.B.value: expected a URL, as type says, got "{x}"',
  );
});

test('one of several models is meant by its name, and all of them by llm where none is called so', () => {
  const { services } = parseContract(`${smallText}services: [{ name: gpt, kind: llm }, redis, { name: claude, kind: llm }]`, 'c');
  expect(['llm', 'gpt', 'redis'].map((name) => modelsMeant(name, services))).toEqual([['gpt', 'claude'], ['gpt'], []]);
  expect(modelsMeant('llm', parseContract(`${smallText}${models}`, 'c').services)).toEqual(['llm']);
  const { executions } = parseContract(`${smallText}${models}
executions:
  - { name: a, workflow: Greet, expect: { result: x }, llm: [{ service: gpt, text: x }], asks: { service: gpt, contains: y } }`, 'c');
  expect(executions[0]).toMatchObject({ llm: [{ service: 'gpt', text: 'x' }], asks: [{ service: 'gpt', contains: ['y'] }] });
});

test('a variable that holds a place of a service is seen there', () => {
  const contract = parseContract(`${smallText}services: [${program}]
environment:
  A: { value: "{service.backend.url}/v1", type: url }
  B: { from: backend.port }
  C: { from: backend.url, reaches: "log: backend {value}" }`, 'c');
  expect(environmentCases(contract, '1f2e')).toMatchObject([
    { id: 'environment.A.honoured', kind: 'honoured-service', from: 'backend.url', reach: { at: 'service', name: 'backend' } },
    { id: 'environment.B.honoured', kind: 'honoured-service', from: 'backend.port', reach: { at: 'service', name: 'backend' } },
    { id: 'environment.C.honoured', kind: 'honoured-service', from: 'backend.url', reach: { at: 'log', template: 'backend {value}' } },
  ]);
});

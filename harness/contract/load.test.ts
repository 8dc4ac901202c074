import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../model/errors.ts';
import { exampleText, smallText } from './example.testing.ts';
import { loadContract, parseContract } from './load.ts';

const name = 'worker-contract.yaml';

/** The lines of the UsageError that the text ends with, without the file's name. */
function problems(text: string): readonly string[] {
  try {
    parseContract(text, name);
  } catch (thrown) {
    if (thrown instanceof UsageError) return thrown.message.split('\n').map((line) => line.replace(name, ''));
    throw thrown;
  }
  return [];
}

async function refusal(file: string): Promise<unknown> {
  return await loadContract(file).then(
    () => 'accepted',
    (thrown: unknown) => (thrown instanceof UsageError ? thrown.message : thrown),
  );
}

test('what is left out has its default', () => {
  expect(parseContract(smallText, name)).toStrictEqual({
    worker: 'w',
    artifact: { files: [] },
    arguments: [],
    interface: {},
    temporal: {
      address: 'TEMPORAL_ADDRESS', taskQueues: [{ name: 'main', workflows: ['Greet'], activities: [] }], searchAttributes: {},
      processes: 1,
    },
    files: {},
    services: [],
    environment: {},
    registers: { workflows: ['Greet'], activities: [] },
    executions: [],
    listens: [],
    nexus: [],
    connects: [],
    writes: [],
    shutdown: { signals: ['SIGTERM', 'SIGINT'], exitCode: 0, withinSeconds: 15, inFlight: 'drain' },
    bundle: { excludes: [] },
    budgets: {
      sizeMb: 100, versionSeconds: 3, readySeconds: 10, memoryMb: 400, diskMb: 400,
      leak: {
        memoryKbPerExecution: 5, descriptorsPerExecution: 0.01, threadsPerExecution: 0.01, processesPerExecution: 0.01,
        filesPerExecution: 0.01,
      },
      overBaseline: {},
    },
    regression: {},
    platforms: ['linux-amd64', 'linux-arm64', 'darwin-amd64', 'darwin-arm64', 'windows-amd64'],
  });
});

test('the contract of the design is read', () => {
  const { environment, executions } = parseContract(exampleText, name);
  expect(environment['MAX_CONCURRENCY']).toStrictEqual({
    type: 'integer', default: '10', required: false, secret: false, invalid: ['zero', '-1'],
  });
  expect(executions).toStrictEqual([
    {
      name: "answers with the model's reply",
      workflow: 'AgentExecution',
      input: [{ thread: 't-1', message: '2+2?' }],
      llm: [{ text: '4' }],
      expect: { result: { status: 'completed', answer: '4' } },
    },
  ]);
});

test('values of variables stay as they are written', () => {
  const { environment } = parseContract(`${smallText}environment: { A: { default: 1.10, allowed: [1.10, True, 0x10, no, ""] } }`, name);
  expect(environment['A']).toMatchObject({ default: '1.10', allowed: ['1.10', 'True', '0x10', 'no', ''] });
});

test('every kind of reply and of end is read; a result may be null', () => {
  const text = `${smallText}services: [llm]
executions:
  - { name: a, workflow: Greet, llm: [{ toolCalls: [{ name: add }] }, { error: { status: 529, message: busy } }], expect: { result: null } }
  - { name: b, workflow: Greet, expect: { failure: { type: Planned, nonRetryable: true } } }`;
  expect(parseContract(text, name).executions).toStrictEqual([
    {
      name: 'a',
      workflow: 'Greet',
      input: [],
      llm: [{ toolCalls: [{ name: 'add', arguments: {} }] }, { error: { status: 529, message: 'busy' } }],
      expect: { result: null },
    },
    { name: 'b', workflow: 'Greet', input: [], llm: [], expect: { failure: { type: 'Planned', nonRetryable: true } } },
  ]);
});

describe('one line for', () => {
  const replyKeys = 'text, toolCalls, error';
  test.each([
    ['a list that is none', 'environment:\n  MODE: { allowed: local }', ':5: environment.MODE.allowed: expected a list of strings, got ' +
      '"local"'],
    ['a misspelt key', 'enviroment: {}', ':4: enviroment: unknown key; did you mean environment?'],
    ['an unknown key', 'interface: { frobnicate: 1 }', ':4: interface.frobnicate: unknown key; known are version, help'],
    ['a limit of 0', 'budgets:\n  sizeMb: 0', ':5: budgets.sizeMb: expected a number above 0 and below infinity, got 0'],
    ['a regression of 0', 'regression:\n  cpuPercent: 0', ':5: regression.cpuPercent: expected a number above 0 and below infinity, got 0'],
    ['a regression below 0', 'regression:\n  tolerance: -1', ':5: regression.tolerance: expected a number above 0 and below infinity, ' +
      'got -1'],
    ['an infinite limit', 'budgets: { readySeconds: .inf }', ':4: budgets.readySeconds: expected a number above 0 and below infinity, ' +
      'got Infinity'],
    ['a limit that is text', 'budgets: { memoryMb: "400" }', ':4: budgets.memoryMb: expected a number above 0 and below infinity, got ' +
      '"400"'],
    ['a number for a text', 'version: 1.10', ':4: version: expected text, got 1.1; put it in quotes'],
    ['a wrong word', 'shutdown: { inFlight: drop }', ':4: shutdown.inFlight: expected one of drain, retry, none, got "drop"'],
    ['a wrong service', 'services: [kafka]', ':4: services[0]: expected one of llm, redis, postgres, or a mapping with name, got "kafka"'],
    ['a word twice', 'services: [llm, llm]', ':4: services[1]: "llm" is listed twice'],
    ['no platform', 'platforms: []', ':4: platforms: expected at least one platform, got an empty list'],
    ['a bad variable name', 'environment: { A-B: {} }',
      ':4: environment.A-B: expected the name of an environment variable or a --flag, got "A-B"'],
    ['a variable without a mapping', 'environment:\n  A:', ':5: environment.A: expected a mapping, got nothing'],
    ['a bad reach', 'environment: { A: { reaches: llm.headers } }',
      ':4: environment.A.reaches: expected one of llm.header.<name>, llm.body.<dotted path>, <service>.url, poller.taskQueue, ' +
        'poller.namespace, poller.address, result.<dotted path>, "log: <text with {value}>", got "llm.headers"'],
    ['two kinds of reply', 'services: [llm]\nexecutions:\n  - { name: a, workflow: Greet, llm: [{ text: a, error: { status: 500, ' +
      'message: m } }], expect: { result: 1 } }',
      `:6: executions[0].llm[0]: expected exactly one of ${replyKeys}, got a mapping with text, error`],
    ['no end', 'executions: [{ name: a, workflow: Greet, expect: {} }]', ':4: executions[0].expect: expected exactly one of result, ' +
      'failure, cancelled, got an empty mapping'],
    ['nothing to run', 'executions: [{ name: a, expect: { result: 1 } }]', ':4: executions[0]: expected exactly one of workflow, ' +
      'activity, nexus, got a mapping with name, expect'],
    ['a syntax error', 'services: [llm\nversion: x', ':5: cannot be read as YAML: Flow sequence in block collection must be ' +
      'sufficiently indented and end with a ]'],
    ['a key twice', 'worker: b', ':4: the key of this line stands twice in its mapping'],
    ['a second document', '---\nworker: b', ':4: holds a second YAML document; only one is expected'],
    ['an unknown tag', 'version: !secret x', ':4: cannot be read as YAML: Unresolved tag: !secret'],
    ['an alias of nothing', 'version: *v', ':4: the alias *v stands for nothing: no &v before it'],
    ['deep nesting', `executions: ${'['.repeat(100_000)}`, ': is nested too deeply'],
  ])('%s', (_, text, line) => {
    expect(problems(smallText + text)).toStrictEqual([line]);
  });

  test('an alias bomb', () => {
    const levels = Array.from('bcdefghi').map((letter, index) => `${letter}: &${letter} ` +
      `[${Array(9).fill(`*${'abcdefghi'[index]}`).join()}]`);
    expect(problems(['a: &a [x,x,x,x,x,x,x,x,x]', ...levels].join('\n'))).toStrictEqual([': repeats itself through too many aliases']);
  });

  test.each([
    ['an empty file', '', ': is empty; it must say what the worker promises'],
    ['only comments', '# nothing\n', ': is empty; it must say what the worker promises'],
    ['a list', '- a\n', ':1: expected a mapping, got a list'],
    ['a text', 'hello\n', ':1: expected a mapping, got "hello"'],
  ])('%s', (_, text, line) => {
    expect(problems(text)).toStrictEqual([line]);
  });
});

test('several problems have a line each, in the order of the file, ten at most', () => {
  const unknown = Array.from({ length: 11 }, (_, index) => `unknown-and-far-${index}: 1`);
  const found = problems(['wroker: w', 'temporal: {}', 'registers: { workflows: [A] }', ...unknown].join('\n'));
  expect(found.slice(0, 3)).toStrictEqual([
    ':1: worker: is missing: expected text',
    ':1: wroker: unknown key; did you mean worker?',
    expect.stringContaining(':4: unknown-and-far-0: unknown key; known are worker, version,'),
  ]);
  expect(found).toHaveLength(11);
  expect(found.at(-1)).toBe(': and 3 more');
});

describe('files', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'frostgate contract é '));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const at = (file: string) => join(folder, file);

  test('a contract comes with its file and checksum', async () => {
    const file = join(folder, name);
    await writeFile(file, exampleText);
    const { contract, ...rest } = await loadContract(file);
    expect(contract).toStrictEqual(parseContract(exampleText, name));
    expect(rest).toStrictEqual({ file, sha256: createHash('sha256').update(exampleText).digest('hex'), warnings: [] });
  });

  test('each unusable file has its sentence', async () => {
    await mkdir(at('dir'));
    await writeFile(at('large'), 'a'.repeat(1_000_001));
    await writeFile(at('latin1'), Buffer.from('worker: caf\xe9', 'latin1'));
    expect(await refusal(at('none'))).toBe(`${at('none')}: no such file`);
    expect(await refusal(at('dir'))).toBe(`${at('dir')}: is a directory; name the worker-contract.yaml in it`);
    expect(await refusal(at('large'))).toBe(`${at('large')}: is larger than 1 MB; a contract has a few kilobytes`);
    expect(await refusal(at('latin1'))).toBe(`${at('latin1')}: is not UTF-8 text`);
    expect(await refusal('/dev/null')).toBe('/dev/null: is not a regular file');
  });

  test('a file below the current folder is named from there', async () => {
    const file = join(process.cwd(), 'harness', 'no-such.yaml');
    expect(await refusal(file)).toBe(`${relative(process.cwd(), file)}: no such file`);
  });
});

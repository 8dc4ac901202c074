import { describe, expect, test } from 'vitest';
import { exampleText, smallText } from './example.testing.ts';
import { parseContract } from './load.ts';

function refusal(text: string): string {
  try {
    parseContract(text, 'c');
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
  return 'accepted';
}

const run = (...fields: string[]) =>
  `${smallText}executions:\n${fields.map((field) => `  - { ${field}, expect: { result: 1 } }\n`).join('')}`;

test('the contract of the design keeps all rules', () => {
  expect(refusal(exampleText)).toBe('accepted');
});

describe('environment', () => {
  test.each([
    ['{ default: a, allowed: [b, c] }', 'default: "a" is not in allowed: b, c'],
    ['{ value: a, allowed: [b] }', 'value: "a" is not in allowed: b'],
    ['{ example: a, allowed: [b] }', 'example: "a" is not in allowed: b'],
    ['{ allowed: [a, b], invalid: [b] }', 'invalid: "b" is in allowed'],
    ['{ default: a, invalid: [a] }', 'invalid: "a" is the default'],
    ['{ secret: true, allowed: [dev, live] }', 'secret: stands beside allowed: what is one of a few known values is no secret, and ' +
      'hiding it would cut these words out of the report; leave out one of the two'],
    ['{ example: a, invalid: [a] }', 'invalid: "a" is the example'],
    ['{ required: true, default: a }', 'default: a required variable has no default: the worker must refuse to start without it'],
    ['{ default: a, example: a }', 'example: "a" is the default; an example must differ from it, or it would prove nothing'],
    ['{ type: integer, default: ten }', 'default: expected an integer, as type says, got "ten"'],
    ['{ type: url, example: nowhere }', 'example: expected a URL, as type says, got "nowhere"'],
    ['{ from: llm.url }', 'from: needs llm in services'],
    ['{ from: redis.url }', 'from: needs redis in services'],
    ['{ reaches: llm.body.model }', 'reaches: needs llm in services'],
  ])('%s', (variable, message) => {
    expect(refusal(`${smallText}environment:\n  A: ${variable}`)).toBe(`c:5: environment.A.${message}`);
  });

  test('a service variable has no fixed value', () => {
    expect(refusal(`${smallText}services: [llm]\nenvironment: { A: { from: llm.url, value: x } }`)).toBe('c:5: environment.A.value: ' +
      'cannot stand beside from');
  });

  test('what points the worker at the server is set by the harness', () => {
    expect(refusal(`${smallText}environment: { TEMPORAL_ADDRESS: { value: x } }`)).toBe(
      'c:4: environment.TEMPORAL_ADDRESS.value: the harness sets this variable itself: it is in temporal',
    );
  });
});

describe('source', () => {
  test.each([
    ['build: "uv run pyinstaller app.spec", spec: ./app.spec', 'accepted'],
    ['build: [make, binary], spec: app.spec', 'accepted'],
    ['build: " "', 'c:4: source.build: is blank; leave it out to have it found'],
    ['build: []', 'c:4: source.build: expected a command as text, or as a list of texts, got an empty list'],
    ['build: { command: make }', 'c:4: source.build: expected a command as text, or as a list of texts, got a mapping with command'],
    ['build: [make, 1]', 'c:4: source.build: expected a command as text, or as a list of texts, got a list'],
    ['build: pyinstaller b.spec, spec: app.spec', 'c:4: source.spec: source.build builds b.spec; name that one, or leave it out'],
    ['built: make', 'c:4: source.built: unknown key; did you mean build?'],
  ])('%s', (keys, message) => {
    expect(refusal(`${smallText}source: { entry: main.py, ${keys} }\n`)).toBe(message);
  });
});

describe('registers', () => {
  const head = 'worker: w\ntemporal: { address: --address }\nregisters: ';
  test.each([
    ['{}', 'c:3: registers: names neither a workflow nor an activity; a worker that registers nothing cannot be verified'],
    ['{ activities: [a, b, a] }', 'c:3: registers.activities[2]: "a" is listed twice'],
  ])('%s', (registers, message) => {
    expect(refusal(head + registers)).toBe(message);
  });
});

describe('executions', () => {
  test.each([
    [['name: a, workflow: Greeet'], 'c:5: executions[0].workflow: "Greeet" is not in registers.workflows: Greet'],
    [['name: a, activity: do'], 'c:5: executions[0].activity: "do" is not in registers.activities: none'],
    [['name: a, workflow: Greet, llm: [{ text: x }]'], 'c:5: executions[0].llm: needs llm in services'],
    [['name: a, workflow: Greet, asks: { model: m }'], 'c:5: executions[0].asks: stands beside llm only: without replies no model is ' +
      'asked'],
    [['name: a, workflow: Greet, attempts: { greet: 2 }'], 'c:5: executions[0].attempts: "greet" is not in registers: Greet'],
    [['name: a, workflow: Greet, attempts: { Greet: 0 }'], 'c:5: executions[0].attempts.Greet: expected a whole number of 1 ' +
      'or more, got 0'],
    [['name: a, workflow: Greet, concurrency: 0'], 'c:5: executions[0].concurrency: expected a whole number of 1 or more, got 0'],
    [['name: Failure!, workflow: Greet'], 'c:5: executions[0].name: "Failure!" gives the id execution.failure, which is another ' +
      'check\'s; choose another name'],
    [
      ['name: Says hello, workflow: Greet', 'name: says - hello, workflow: Greet'],
      'c:6: executions[1].name: "says - hello" gives the id execution.says-hello a second time; choose another name',
    ],
    [['name: "日本", workflow: Greet'], 'c:5: executions[0].name: expected a name with a letter from a to z or a digit, got "日本"'],
  ])('%j', (fields, message) => {
    expect(refusal(run(...fields))).toBe(message);
  });
});

describe('bundle', () => {
  test.each([
    ['python: ">=3.11"', 'accepted'],
    ['python: ">= 3.11, < 3.14"', 'accepted'],
    ['python: "~=3.11"', 'accepted'],
    ['python: "^3.11"', 'c:5: bundle.python: expected Python versions as pyproject.toml writes them, such as ">=3.11" or ' +
      '">=3.11,<3.14", got "^3.11"'],
    ['python: "3.11"', 'c:5: bundle.python: expected Python versions as pyproject.toml writes them, such as ">=3.11" or ' +
      '">=3.11,<3.14", got "3.11"'],
    ['macos: "12.0"', 'accepted'],
    ['macos: Sonoma', 'c:5: bundle.macos: expected a macOS version such as "12.0", got "Sonoma"'],
    ['macos: 12.0', 'c:5: bundle.macos: expected a macOS version such as "12.0", got 12'],
  ])('%s', (field, message) => {
    expect(refusal(`${smallText}bundle:\n  ${field}\n`)).toBe(message);
  });
});

describe('an expected result', () => {
  const at = 'c:5: executions[0].expect.result: ';
  const nothing = 'compares nothing; write { $any: object } where any object is right, or the keys that are promised';
  test.each([
    ['{}', `${at}result is {}, which ${nothing}`],
    ['{ a: [1, {}] }', `${at}result.a.1 is {}, which ${nothing}`],
    ['{ $any: strings }', `${at}result.$any must be one of value, string, number, integer, boolean, object, list, bytes`],
    ['{ $any: constructor }', `${at}result.$any must be one of value, string, number, integer, boolean, object, list, bytes`],
    ['{ a: { $matches: "(" } }', `${at}result.a.$matches must be a regular expression`],
    ['{ $matches: "" }', `${at}result.$matches must be a regular expression`],
    ['{ $match: x }', `${at}result has $match, which is no matcher; there are $any, $matches and $base64`],
    ['{ $any: string, b: 1 }', `${at}result has $any beside other keys; a matcher stands alone`],
    ['{ a: { $any: object }, b: { $matches: "^ok" }, c: [], d: null }', 'accepted'],
  ])('%s', (result, message) => {
    expect(refusal(`${smallText}executions:\n  - { name: a, workflow: Greet, expect: { result: ${result} } }`)).toBe(message);
  });

  test('an integer keeps every digit, and a key is a key whatever it is called', () => {
    const { executions: [one] } = parseContract(
      `${smallText}executions: [{ name: a, workflow: Greet, input: [9007199254740993], expect: { result: { __proto__: 1, n: 2 } } }]`, 'c',
    );
    expect(one?.input).toEqual([9_007_199_254_740_993n]);
    expect(Object.entries(one?.expect.result ?? {})).toEqual([['__proto__', 1], ['n', 2]]);
  });
});

describe('the execution in flight at a stop', () => {
  const plans = 'executions:\n  - { name: charges, workflow: Greet, expect: { result: 1 } }\n' +
    '  - { name: refuses, workflow: Greet, expect: { failure: { type: No } } }\nshutdown: { inFlightExecution: ';
  test.each([
    ['chargse', 'c:7: shutdown.inFlightExecution: "chargse" is no execution; did you mean "charges"?'],
    ['something else', 'c:7: shutdown.inFlightExecution: "something else" is no execution: charges, refuses'],
    ['refuses', 'c:7: shutdown.inFlightExecution: "refuses" is expected to fail; name an execution that is expected to complete'],
    ['charges', 'c:7: shutdown.inFlightExecution: "charges" runs no activity of the worker, which registers none'],
  ])('%s', (name, message) => {
    expect(refusal(`${smallText}${plans}${name} }`)).toBe(message);
  });

  test('none is no promise of a worker whose executions ask a model, nor beside a name', () => {
    const worker = smallText.replace('[Greet]', '[Greet], activities: [charge]');
    expect(refusal(`${worker}${plans}charges, inFlight: none }`)).toMatch(/inFlightExecution: cannot stand beside inFlight: none$/);
    const asking = 'services: [llm]\nexecutions: [{ name: asks, workflow: Greet, llm: [{ text: a }], expect: { result: 1 } }]\n';
    expect(refusal(`${worker}${asking}shutdown: { inFlight: none }`)).toMatch(/shutdown\.inFlight: none cannot be promised: "asks" asks/);
  });

  test('one of a worker with activities is fine', () => {
    expect(refusal(`${smallText.replace('[Greet]', '[Greet], activities: [charge]')}${plans}charges }`)).toBe('accepted');
  });
});

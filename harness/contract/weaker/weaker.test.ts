import { expect, test } from 'vitest';
import { exampleText, smallText } from '../example.testing.ts';
import { parseContract } from '../load.ts';
import { isLooser } from './expected.ts';
import { weakenings } from './weaker.ts';

const contract = (text: string) => parseContract(text, 'worker-contract.yaml');
const before = contract(exampleText);

/** What is weaker in the example after one change of its text, as `path: was -> is`. */
function after(from: string | RegExp, to: string, text = exampleText): string[] {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return weakenings(contract(text), contract(changed)).map(({ path, was, is }) => `${path}: ${was} -> ${is}`);
}

test('the same contract is no weaker, also where a default is written out or its form is another', () => {
  expect(weakenings(before, before)).toStrictEqual([]);
  expect(after('services:', 'launches: one-at-a-time\nservices:')).toStrictEqual(['launches: nothing -> one-at-a-time']);
  const written = exampleText.replace(/registers:\n.*\n.*\n/, '').replace('  taskQueue: TEMPORAL_TASK_QUEUE', '  taskQueues:\n    - { ' +
    'name: main, from: TEMPORAL_TASK_QUEUE, workflows: [AgentExecution], activities: [ensure_thread, execute_agent, cleanup_sandbox] }');
  expect(weakenings(before, contract(written))).toStrictEqual([]);
});

test.each([
  ['a budget is raised', 'readySeconds: 10', 'readySeconds: 20', 'budgets.readySeconds: 10 -> 20'],
  ['a leak may be larger', 'diskMb: 400', 'diskMb: 400, leak: { memoryKbPerExecution: 6 }', 'budgets.leak.memoryKbPerExecution: 5 -> 6'],
  ['a signal goes', '[SIGTERM, SIGINT]', '[SIGTERM]', 'shutdown.signals: SIGINT -> nothing'],
  ['another exit code is fine', 'exitCode: 0', 'exitCode: [0, 1]', 'shutdown.exitCode: nothing -> 1'],
  ['a stop may take longer', 'withinSeconds: 15', 'withinSeconds: 16', 'shutdown.withinSeconds: 15 -> 16'],
  ['work is given back', 'inFlight: drain', 'inFlight: retry', 'shutdown.inFlight: drain -> retry'],
  ['a platform goes', ', windows-amd64', '', 'platforms: windows-amd64 -> nothing'],
  ['an exclusion goes', 'mypy, ', '', 'bundle.excludes: mypy -> nothing'],
  ['a newer libc is needed', 'glibc: "2.28"', 'glibc: "2.31"', 'bundle.glibc: 2.28 -> 2.31'],
  ['the Python inside is free', 'python: ">=3.11", ', '', 'bundle.python: >=3.11 -> nothing'],
  ['a variable goes', /  MODE:.*\n/, '', 'environment.MODE: a variable -> nothing'],
  ['a variable is not required', 'required: true, secret', 'secret', 'environment.ANTHROPIC_API_KEY.required: true -> false'],
  ['a secret is none', 'secret: true, ', '', 'environment.ANTHROPIC_API_KEY.secret: true -> false'],
  ['an invalid value goes', '["zero", "-1"]', '["zero"]', 'environment.MAX_CONCURRENCY.invalid: -1 -> nothing'],
  ['any value is allowed', ', allowed: [local, cloud]', '', 'environment.MODE.allowed: ["local","cloud"] -> nothing'],
  ['an activity goes', ', cleanup_sandbox', '', 'temporal.taskQueues.main.activities: cleanup_sandbox -> nothing'],
  ['any answer is right', 'answer: "4"', 'answer: { $any: string }', 'executions.answers-with-the-models-reply.expect: ' +
    '{"result":{"status":"completed","answer":"4"}} -> {"result":{"status":"completed","answer":{"$any":"string"}}}'],
  ['an execution is called otherwise', 'name: answers', 'name: replies',
    'executions.answers-with-the-models-reply: AgentExecution -> nothing'],
  ['it may listen', 'services: ', 'listens: [9464]\nservices: ', 'listens: nothing -> 9464'],
  ['it may call', 'services: ', 'connects: ["*.example.com"]\nservices: ', 'connects: nothing -> *.example.com'],
  ['it may write', 'services: ', 'writes: ["~/x"]\nservices: ', 'writes: nothing -> ~/x'],
  ['an attempt more is planned', '    llm:', '    attempts: { execute_agent: 2 }\n    llm:',
    'executions.answers-with-the-models-reply.attempts.execute_agent: 1 -> 2'],
  ['it is stood in for', '    llm:', '    activities: { other: { result: 1, queue: others } }\n    llm:',
    'executions.answers-with-the-models-reply.activities: nothing -> other'],
  ['there is no source', 'source: { entry: main.py, manager: poetry }\n', '', 'source: main.py -> nothing'],
  ['its version is free', 'version: 1.0.0\n', '', 'version: 1.0.0 -> nothing'],
] as const)('%s', (_name, from, to, weakening) => {
  expect(after(from, to)).toStrictEqual([weakening]);
});

test('a limit over the source is raised, or gone, so that nothing is judged by it', () => {
  const limited = exampleText.replace('readySeconds: 10', 'readySeconds: 10, overBaseline: { cpuPercent: 20, memoryPercent: 5 }');
  expect(after('cpuPercent: 20, memoryPercent: 5', 'cpuPercent: 25', limited)).toStrictEqual([
    'budgets.overBaseline.cpuPercent: 20 -> 25', 'budgets.overBaseline.memoryPercent: 5 -> nothing',
  ]);
  expect(after(limited, exampleText, limited)).toHaveLength(2);
});

test.each([
  ['a limit is lowered', 'readySeconds: 10', 'readySeconds: 8'],
  ['another answer is promised', 'answer: "4"', 'answer: "four"'],
  ['a value more is invalid', '["zero", "-1"]', '["zero", "-1", "1.5"]'],
  ['a variable more', '  MODE:', '  LEVEL: { default: info }\n  MODE:'],
  ['an execution takes other arguments', 'message: "2+2?"', 'message: "1+3?"'],
  ['an older libc is enough', 'glibc: "2.28"', 'glibc: "2.9"'],
])('%s: no weaker', (_name, from, to) => {
  expect(after(from, to)).toStrictEqual([]);
});

test('everything goes at once: each promise is named', () => {
  const paths = weakenings(before, contract(smallText)).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining([
    'executions.answers-with-the-models-reply', 'environment.MODE', 'environment.REDIS_URL', 'bundle.excludes', 'source',
    'interface.version', 'version',
  ]));
});

test.each([
  [1, 2, false], ['a', { $matches: '^a' }, true], [{ $matches: '^a' }, { $any: 'string' }, true],
  [{ $any: 'string' }, { $any: 'value' }, true], [{ $any: 'string' }, 'a', false], [[1, 2], [1], true], [[1], [1, 2], false],
  [{ a: 1, b: 2 }, { a: 1 }, true], [{ a: 1 }, { a: 1, b: 2 }, false], [{ a: 1 }, 3, true], [undefined, { a: 1 }, false],
  [{ a: 1 }, undefined, true], [null, undefined, true],
])('%j became %j: %s', (was, is, looser) => {
  expect(isLooser(was, is)).toBe(looser);
});

import type { Expectation } from './expectation.ts';

const soak = ['--profile', 'soak', '--soak-minutes', '1'];
const endures = (variant: string, because: RegExp, words?: readonly string[]): Expectation => (
  { variant, red: { 'execution.endurance': because }, only: ['execution'], ...(words && { words }) }
);

const anothers = /went wrong: "answers .*", number \d+ was given what is number \d+'s/;
const notReplayed = /another process does not replay workflow AgentExecution \(".*"\): \[TMPRL1100\]/;

/** What executions show: many of them, at once, repeated, replayed, and what they ask. */
export const executionExpectations: readonly Expectation[] = [
  // What only hundreds of executions show, or a launch that stood idle.
  { variant: 'breathes', red: {}, only: ['execution'], words: ['--profile', 'full'] },
  { variant: 'keeps-state-beside-code', only: ['execution'], baseline: true, findings: ['EN-08'], red: {
    'execution.state': /README\.md was written into the folder that it unpacks, and is gone at its end/,
  } },
  endures('leaks-memory', /memory: \d+ kB more with each execution/),
  endures('leaks-descriptor', /open descriptors: .* more with each execution/),
  endures('leaks-thread', /threads: .* more with each execution/),
  endures('leaves-zombies', /zombies: .* more with each execution/),
  endures('leaves-temp-files', /files in its room: .* more with each execution/),
  endures('hangs-after-forty', /after \d+ executions it does no more work/),
  endures('exits-after-forty', /after \d+ executions it exited with 1/),
  { ...endures('slows-down', /an execution takes .* at the end/), byTime: true },
  endures('searches-all-answers', /an execution takes .* at the end/),
  endures('late-traceback', /metrics were not sent/),
  { variant: 'loses-last-lines', profile: 'full', red: { 'execution.endurance': /lines of its log are lost/ } },
  endures('dies-when-idle', /after it stood idle for \d\d\.\d s it exited with 1/, soak),
  endures('sleeps-when-idle', /after it stood idle for 6\d\.\d s it does no more work/, soak),
  { variant: 'branches-on-environment', red: { 'execution.replay': notReplayed } },
  { variant: 'branches-on-clock', red: { 'execution.replay': notReplayed } },
  { variant: 'branches-on-random', red: { 'execution.replay': notReplayed } },
  { variant: 'branches-on-hash', red: { 'execution.replay': notReplayed } },
  { variant: 'orders-by-set', red: { 'execution.replay': notReplayed } },
  { variant: 'does-more-on-replay', red: { 'execution.replay': notReplayed } },
  { variant: 'ends-earlier-on-replay', red: { 'execution.replay': notReplayed } },
  { variant: 'needs-its-memory', red: {
    'execution.replay': /another process fails to replay workflow AgentExecution .*: (KeyError|it fails with): 't-/,
  } },
  { variant: 'answers-at-random', red: { 'execution.replay': /query score of the closed workflow AgentExecution .*: by chance/ } },
  { variant: 'needs-same-process', profile: 'full', red: {
    'execution.replay': /the next launch does not bring ".*", in whose middle the worker was killed, to its end: .*no thread/,
  } },
  { variant: 'replays-well', profile: 'full', red: {}, only: ['execution'] },
  { variant: 'slow-start', red: {
    'startup.ready': /ready after 1[2-9]/, 'performance.ready': /the limit is 10/,
  }, only: ['startup', 'performance'] },
  { variant: 'uses-500mb', red: { 'performance.memory': /the limit is 400 MB/ } },
  { variant: 'crosstalk-variable', red: { 'execution.concurrent': anothers } },
  { variant: 'crosstalk-cache', red: { 'execution.concurrent': anothers } },
  { variant: 'crosstalk-file', red: { 'execution.concurrent': anothers } },
  { variant: 'crosstalk-context', red: { 'execution.concurrent': anothers } },
  { variant: 'swaps-under-load', red: { 'execution.concurrent': anothers } },
  {
    variant: 'loses-under-load', may: ['execution.endurance'],
    red: { 'execution.concurrent': /went wrong: "answers .*", number \d+: it did not end/ },
  },
  { variant: 'drops-under-load', red: { 'execution.concurrent': /number \d+: result\.answer is not as expected/ } },
  { variant: 'one-at-a-time', red: {
    'execution.concurrent': /it promises 10 of .* at once, and 1 was seen at work at once/,
  } },
  { variant: 'fails-first-attempt', red: {
    'execution.unplanned-retries': /activity ensure_thread .* took 2 attempts, 1 is planned: RuntimeError: the directory is not mounted/,
  } },
  { variant: 'blocks-the-loop', red: { 'execution.unplanned-retries': /did not succeed at first: it timed out|no heartbeat in time/ } },
  { variant: 'fails-task-once', red: {
    'execution.unplanned-retries': /a workflow task of "answers .*did not succeed at first: the registry is not loaded yet/,
  } },
  { variant: 'restarts-itself', red: { 'execution.unplanned-retries': /was gone before the launch was told to stop/ } },
  // Two attempts are planned, and there is one: then the retry is not tried.
  { variant: 'honest', contract: { 'executions.0.attempts': { execute_agent: 2 } }, only: ['execution'], red: {
    'execution.unplanned-retries': /execute_agent of "answers .*" succeeded at attempt 1, 2 are planned/,
  } },
  { variant: 'wrong-model', red: { 'execution.requests': /asks the model claude-3-5-haiku-latest, not claude-sonnet-4-5/ } },
  { variant: 'other-key', red: { 'execution.requests': /asks the model with another ANTHROPIC_API_KEY than its launch was given/ } },
  { variant: 'ascii-only', red: { 'execution.requests': /another text than its input: non-ASCII text does not arrive whole/ } },
  { variant: 'ascii-answers', red: { 'execution.requests': /with non-ASCII text: result\.answer is not as expected/ } },
  { variant: 'cuts-prompt', red: {
    'execution.requests': /a part of its input only: a text of \d+ ASCII characters does not arrive whole/,
  } },
  { variant: 'never-asks', red: { 'execution.requests': /"uses the plugin tool" never asks the model/ } },
  // Of two models it asks one.
  { variant: 'honest', only: ['execution'], contract: {
    services: ['llm', 'redis', { name: 'gpt', kind: 'llm' }],
    'executions.0.llm': [{ service: 'llm', text: '4, to question {n}' }, { service: 'gpt', text: 'five' }],
  }, red: { 'execution.requests': /"answers .*" never asks gpt/ } },
  { variant: 'asks-twice', red: { 'execution.requests': /asks the model 2 times, not once/ } },
  { variant: 'no-system-prompt', red: { 'execution.requests': /no request to the model holds "You are a careful assistant/ } },
];

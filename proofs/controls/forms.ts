import type { Expectation } from './expectation.ts';

// Other forms of what each check looks for: a check that knows one of them must know its kind.

const of = (variant: string, red: Expectation['red'], more: Omit<Expectation, 'variant' | 'red'> = {}): Expectation => (
  { variant, red, ...more }
);

const answers = ['answers-with-the-models-reply', 'runs-a-tool', 'uses-the-plugin-tool'];
const failures = ['rejects-an-empty-message', 'reports-a-rejected-model-call'];
/** Every execution that completes is red, for this reason. */
const results = (because: RegExp): Expectation['red'] => Object.fromEntries(answers.map((name) => [`execution.${name}`, because]));
const failing = (names: readonly string[], because: RegExp): Expectation['red'] => (
  Object.fromEntries([...names.map((name) => `execution.${name}`), 'execution.failure'].map((id) => [id, because]))
);
/** The stops by one signal, or by any: idle, in flight, and those of all launches. */
const stops = (signals: readonly string[], how: string): Expectation['red'] => ({
  ...Object.fromEntries(signals.map((signal) => [`shutdown.${signal}.parent.idle`, new RegExp(`ended with ${how}`)])),
  ...(signals.includes('sigterm') && { 'shutdown.sigterm.parent.in-flight': new RegExp(`ended with ${how}`) }),
  'shutdown.every-launch': new RegExp(`stops not as promised: ${how}`),
});

const long = 'x'.repeat(5_000);

export const forms: readonly Expectation[] = [
  of('version-on-stderr', { 'artifact.version': /on stderr/ }),
  of('version-exits-1', { 'artifact.version': /ended with exit code 1/ }),
  of('version-unknown', { 'artifact.version': /it prints "agent-runner unknown"/ }),
  of('version-with-suffix', { 'artifact.version': /1\.0\.0\+dirty/ }),
  of('version-never-ends', { 'artifact.version': /did not end within \d+ s/ }),
  of('help-exits-2', { 'artifact.help': /ended with exit code 2/ }),
  of('help-is-empty', { 'artifact.help': /it prints no help/ }),
  of('help-is-a-traceback', { 'artifact.help': /it prints no help/ }),

  of('crashes-at-start', { 'startup.ready': /it exited with 3/ }),
  of('reads-own-source', { 'startup.ready': /it exited with 1/ }, { findings: ['BC-13'] }),
  of('workflow-in-entry-script', { 'startup.ready': /it exited with 1/ }, { findings: ['TW-01'] }),
  of('no-time-zones', { 'startup.ready': /it exited with 1/ }, { findings: ['EN-06'] }),
  of('writes-in-code-page', { 'startup.ready': /it exited with 1/ }, { findings: ['EN-03'] }),
  of('raises-at-start', { 'startup.ready': /it exited with 1/ }, { findings: ['bootloader'] }),
  of('no-generated-module', { 'bundle.modules': /google\.protobuf\.duration_pb2/ }, { baseline: true, findings: ['BC-12'] }),
  of('unknown-namespace', { 'startup.ready': /it exited with 1/ }, { findings: ['TW-07'] }),
  of('leaves-with-0-at-start', { 'startup.ready': /it exited with 0/ }),
  of('noisy-json-log', { 'startup.clean-log': /metrics are not configured/ }),
  of('noisy-chained-log', { 'startup.clean-log': /metrics are not configured/ }),
  of('noisy-structured-log', { 'startup.clean-log': /metrics are not configured/ }),
  of('noisy-frames', { 'startup.clean-log': /WARN metrics: File/ }),
  of('noisy-logging-error', { 'startup.clean-log': /Logging error/ }),

  of('activities-only', {
    'startup.ready': /does not poll task queue/, 'registration.pollers': /nobody polls the workflow queue/,
  }),
  of('wrong-namespace', { 'startup.ready': /does not poll task queue/, 'registration.pollers': /nobody polls/ }),
  of('registers-one-more', { 'registration.types': /purge_all is registered but not in the contract/ }),
  of('takes-any-activity', { 'registration.unregistered': /does not refuse/ }),
  of('takes-any-workflow', { 'registration.unregistered': /does not refuse/ }),
  of('wrong-sdk', { 'registration.sdk': /Temporal SDK 1\.30\.0/ }, { baseline: true }),

  of('result-number-as-text', results(/result\.tool_calls is not as expected/)),
  of('result-text-as-number', results(/result\.answer is not as expected/)),
  of('result-is-null', results(/result\.answer is not as expected/)),
  of('result-loses-key', results(/result\.status is not as expected/)),
  of('result-with-newline', results(/result\.answer is not as expected/)),
  of('result-cut', { 'execution.answers-with-the-models-reply': /result\.answer is not as expected/ }, { contract: {
    'executions.0.llm': [{ text: long }], 'executions.0.expect.result.answer': long,
  } }),
  of('failure-loses-type', failing(failures, /has no type/)),
  of('failure-of-other-type', failing(failures, /type "WrappedError"/)),
  of('failure-retryable', failing(failures, /the failure is retryable/)),
  of('accepts-empty-message', failing(failures.slice(0, 1), /it completed, but was to fail/)),
  of('result-says-failed', failing(failures.slice(1), /it completed, but was to fail/)),
  of('retries-rejected', failing(failures.slice(1), /failed \d+ times in a row/)),

  of('other-default', { 'environment.MAX_CONCURRENCY.default': /MAX_CONCURRENCY has no effect: 10 is not seen/ }),
  of('other-level-by-default', { 'environment.LOG_LEVEL.default': /LOG_LEVEL has no effect: INFO is not seen/ }),
  of('other-namespace-by-default', { 'environment.TEMPORAL_NAMESPACE.default': /a poller of this launch on task queue/ }),
  of('other-queue-by-default', { 'environment.TEMPORAL_TASK_QUEUE.default': /a poller of this launch on task queue "agent-runner"/ }),
  of('reads-lower-case', {
    'environment.MAX_CONCURRENCY.honoured': /has no effect/, 'environment.MAX_CONCURRENCY.invalid': /starts and polls/,
  }),
  of('model-of-the-build', { 'environment.MODEL.honoured': /MODEL has no effect/ }),
  of('own-key', { 'environment.ANTHROPIC_API_KEY.honoured': /ANTHROPIC_API_KEY has no effect/ }),
  of('never-publishes', { 'environment.REDIS_URL.honoured': /REDIS_URL has no effect/ }),
  of('defaults-missing-key', { 'environment.ANTHROPIC_API_KEY.missing': /starts and polls/ }),
  of('defaults-missing-address', { 'environment.TEMPORAL_ADDRESS.missing': /does not name TEMPORAL_ADDRESS/ }),
  of('accepts-any-mode', { 'environment.MODE.invalid': /starts and polls/ }),
  of('accepts-any-boolean', { 'environment.TEMPORAL_TLS.invalid': /starts and polls/ }),
  of('refuses-with-0', { 'environment.REDIS_URL.invalid': /exits with 0/ }),
  of('refuses-without-name', { 'environment.GRACE_SECONDS.invalid': /does not name GRACE_SECONDS/ }),
  of('refuses-by-crash', { 'environment.LOG_LEVEL.invalid': /names LOG_LEVEL, and then was ended by SIGABRT/ }),
  {
    ...of('aborts-after-refusal', {
      'environment.ANTHROPIC_API_KEY.missing': /names ANTHROPIC_API_KEY, and then was ended by SIGABRT: it crashed at its end/,
    }), findings: ['TW-19'],
  },
  // What the contract accepts of a stop it accepts of a refusal.
  {
    variant: 'aborts-after-refusal', title: 'a crash at the end that is accepted', contract: { 'shutdown.exitCode': [0, -6] },
    only: ['environment'], red: {},
  },
  of('waits-for-file', { 'environment.ENV_FILE.invalid': /the end of the worker with ENV_FILE=/ }),

  of('ends-with-1', stops(['sigterm', 'sigint'], 'exit code 1')),
  of('calls-exit', stops(['sigterm', 'sigint'], 'exit code 1'), { findings: ['BC-14'] }),
  of('ends-with-130-on-sigint', stops(['sigint'], 'exit code 130')),
  of('dies-of-sigterm', {
    ...stops(['sigterm'], '(SIGTERM|exit code)'), 'shutdown.sigterm.parent.in-flight': /left while its activity was in flight/,
  }),
  of('ends-with-3-after-work', {
    'shutdown.sigterm.parent.in-flight': /ended with exit code 3/, 'shutdown.every-launch': /stops not as promised: exit code 3/,
    // Whom else a launch that has worked is told by follows from the order in which they end.
  }, { may: ['shutdown.sigterm.group.idle', 'shutdown.sigint.group.idle', 'shutdown.sigterm.child.idle'] }),
  of('slow-stop-on-sigint', {
    'shutdown.sigint.parent.idle': /SIGINT does not end the worker/, 'shutdown.every-launch': /stops not as promised: still running/,
  }),
  of('gives-back-in-flight', { 'shutdown.sigterm.parent.in-flight': /was not handled as promised|left while/ }),
  of('leaves-child', { 'shutdown.survivors': /sleep 601/ }),
  of('leaves-socket', { 'shutdown.left-overs': /control\.sock/ }),
  of('leaves-pid-file', { 'shutdown.left-overs': /worker\.pid/ }),

  of('slow-version', { 'performance.version': /the limit is 3\.00 s/ }, { contract: { 'budgets.versionSeconds': 3 } }),
  of('fills-disk', { 'performance.disk': /the limit is 400 MB/ }),
  of('child-uses-500mb', { 'performance.memory': /the limit is 400 MB/ }),
  of('hoards-with-first-work', { 'performance.memory': /the limit is 400 MB/ }),

  of('everything-at-once', {
    'artifact.version': /1\.0\.1/,
    'startup.clean-log': /metrics are not configured/,
    'registration.types': /purge_all is registered/,
    'registration.everywhere': /agent-runner-cleanup/,
    ...results(/result\.answer is not as expected/),
    ...failing(failures, /has no type/),
    'environment.MAX_CONCURRENCY.default': /has no effect/,
    'environment.MODE.invalid': /starts and polls/,
    'environment.REDIS_URL.invalid': /exits with 0/,
    'environment.secrets': /ANTHROPIC_API_KEY is seen/,
    ...stops(['sigint'], 'exit code 130'),
    'shutdown.survivors': /sleep 601/,
    'shutdown.left-overs': /control\.sock/,
  }),
];

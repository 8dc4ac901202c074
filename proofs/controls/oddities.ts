import { join } from 'node:path';
import { root } from '../support/command.ts';
import type { Expectation } from './expectation.ts';

// What a healthy worker may do: nothing of it may be red, in any area.

const of = (variant: string, contract?: Expectation['contract']): Expectation => ({ variant, red: {}, ...(contract && { contract }) });

/** A contract in which these executions plan more than one attempt. */
const planned = (attempts: Readonly<Record<string, number>>, executions: readonly number[]): Expectation['contract'] => (
  Object.fromEntries(executions.map((index) => [`executions.${index}.attempts`, attempts]))
);

const seenInLog = ['MODE', 'MODEL', 'MAX_CONCURRENCY', 'GRACE_SECONDS', 'LOG_LEVEL'];

const fixedPort: Expectation['contract'] = { 'environment.HEALTH_PORT': { value: '39217' }, listens: ['127.0.0.1:39217'] };

/** What takes the mask of the variant's payloads away again. */
const codecPython = join(root, 'fixtures/agent-runner/.venv/bin/python');
const codecEndpoint = join(root, 'fixtures/sabotaged/oddities/masking.py');

/** Namespace and task queue as they are in many programs: what the reference has where it is told none. */
const inItsCode: Expectation['contract'] = {
  'temporal.namespace': { fixed: 'default' }, 'temporal.taskQueue': { fixed: 'agent-runner' },
  'environment.TEMPORAL_NAMESPACE': undefined, 'environment.TEMPORAL_TASK_QUEUE': undefined,
};

export const oddities: readonly Expectation[] = [
  // Most of them in one worker: what a sample always looks at.
  of('all-oddities'),
  of('alarming-words'),
  of('binary-output'),
  of('busy-daemon-threads'),
  of('changes-cwd'),
  of('chatty-log'),
  of('children-while-it-works'),
  of('coloured-log'),
  of('few-files'),
  of('fork-server'),
  of('health-port', { 'environment.HEALTH_PORT': { value: '0' }, listens: ['127.0.0.1:*'] }),
  // Two launches at once collide: the run begins again, and is as green with one at a time.
  { ...of('health-port', fixedPort), title: 'on a port that is always the same' },
  { ...of('health-port', { ...fixedPort, launches: 'one-at-a-time' }), title: 'on a port that is always the same, as the contract says' },
  { ...of('honest', inItsCode), title: 'in a namespace and on a queue of its code' },
  { ...of('foreign-identity'), title: 'under an identity without its pid' },
  of('helper-process'),
  of('large-memory', { 'budgets.memoryMb': 800 }),
  of('logs-to-stdout'),
  of('many-children'),
  of('many-threads'),
  // Its effects show nowhere then, and the contract says so.
  of('no-log', Object.fromEntries(seenInLog.map((name) => [`environment.${name}.reaches`, undefined]))),
  of('non-ascii'),
  of('one-long-line'),
  of('other-identity'),
  of('other-signals'),
  of('own-codec', {
    'services.2': { name: 'codec', command: [codecPython, codecEndpoint, '{port}'], ready: { tcp: '{port}' } },
    codec: { url: '{service.codec.url}' },
  }),
  of('own-log-file', { writes: ['./agent-runner.log'] }),
  of('own-session'),
  of('own-temp-files'),
  of('own-title'),
  of('plain-log-beside'),
  of('plain-signal-handlers'),
  of('reads-stdin'),
  of('result-with-more'),
  of('retries-once', planned({ ensure_thread: 2 }, [0, 1, 2, 4, 5])),
  of('second-loop'),
  of('slow-but-in-time'),
  of('slow-stop-in-time'),
  of('strict-umask'),
  of('version-in-words'),
  { variant: 'honest', title: 'in folders whose names are beyond ASCII, with blanks', red: {}, folder: 'größe 世界 🐘' },
  // What is removed once is not there a second time, whoever asks: of such an execution the contract says that none runs beside another.
  { variant: 'honest', title: 'with an execution that goes well once on a launch', red: {}, only: ['execution'], contract: {
    'executions.5.input': [{ thread: 't-6' }], 'executions.5.expect.result': { thread: 't-6', directory: 't-6' },
    'executions.6.input': [{ thread: 't-6' }], 'executions.6.expect.result': { thread: 't-6', removed: true },
      'executions.6.concurrency': 1,
  } },
  { variant: 'honest', title: 'without any right of root', red: {}, under: ['unshare', '--user'] },
  { variant: 'honest', title: 'where no file can be watched', red: {}, under: [
    'unshare', '--user', '--map-root-user', 'sh', '-c', 'echo 0 > /proc/sys/user/max_inotify_instances && exec "$@"', 'sh',
  ] },
];

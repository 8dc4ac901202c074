import type { CheckResult } from '../../../model/report.ts';
import { sampleCheck } from '../../sample-report.testing.ts';

const variables = [
  'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_TASK_QUEUE', 'MODE', 'MODEL', 'ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', 'REDIS_URL',
  'MAX_CONCURRENCY', 'LOG_LEVEL',
];

const promises: readonly (readonly [id: string, title: string, more?: Partial<CheckResult>])[] = [
  ['artifact.format', 'the file is a whole executable', { note: 'ELF, PyInstaller one-file, Python 3.11' }],
  ['artifact.architecture', 'it is built for this platform', { note: 'linux-amd64' }],
  ['artifact.size', 'its size is within the budget', { value: 67_023_872, limit: 100_000_000, unit: 'bytes' }],
  ['artifact.version', 'it prints its version and exits 0', {
    value: 1604, unit: 'ms', note: 'agent-runner 1.0.0', evidence: [file('artifact.version/version.txt', 'what it printed')],
  }],
  ['artifact.help', 'it prints its help and exits 0', { evidence: [file('artifact.help/help.txt', 'what it printed')] }],
  ['startup.ready', 'the Temporal server lists it as a poller', {
    value: 1252, limit: 10_000, unit: 'ms', note: 'ready 1.3 s (limit 10 s)',
  }],
  ['startup.clean-log', 'it starts without a traceback and without a message of the bootloader'],
  ['registration.pollers', 'it polls for every kind of task that it registers', { note: 'workflow and activity queue' }],
  ['registration.identity', 'the process that polls belongs to this launch', { note: '3281@runner' }],
  ['registration.types', 'it knows every workflow and activity of the contract', { note: 'AgentExecution, cleanup_sandbox, ' +
    'ensure_thread, execute_agent', evidence: [file('registration.types/answers.txt', 'what the worker answered')] }],
  ['registration.sole', 'nobody else polls the task queue'],
  ['execution.answers', "answers with the model's reply", {
    value: 2220, unit: 'ms', evidence: [file('execution.answers/history.json', 'history')],
  }],
  ['execution.runs-a-tool', 'runs a tool', { value: 133, unit: 'ms', evidence: [file('execution.runs-a-tool/history.json', 'history')] }],
  ['execution.failure', 'a failing workflow keeps its failure type', { note: '2 planned failures keep type and flag' }],
  ['execution.concurrent', 'executions at the same time do not disturb each other', { note: '5 at once, all in the middle of an ' +
    'activity' }],
  ['environment.secrets', 'no secret is seen in logs, histories or files', { note: '29 launches searched for 3 secrets' }],
  ['shutdown.sigterm.parent.idle', 'SIGTERM to the started process ends an idle worker in order', {
    value: 418, limit: 15_000, unit: 'ms', note: '5 stops, exit 0 in 5, slowest 0.4 s',
  }],
  ['shutdown.sigint.parent.idle', 'SIGINT to the started process ends an idle worker in order', {
    value: 269, limit: 15_000, unit: 'ms', note: '5 stops, exit 0 in 5, slowest 0.3 s',
  }],
  ['shutdown.sigterm.parent.in-flight', 'after SIGTERM the worker finishes work in flight', {
    value: 1283, limit: 15_000, unit: 'ms', note: '5 stops, exit 0 in 5, slowest 1.3 s',
  }],
  ['shutdown.survivors', 'no process outlives its launch', { note: '15 stops' }],
  ['shutdown.left-overs', 'its folder for temporary files is empty after a stop', { note: '15 stops' }],
  ['performance.version', 'its version command is within the time budget', {
    value: 904, limit: 3000, unit: 'ms', note: '0.90 s (baseline 0.13 s)',
  }],
  ['performance.ready', 'it is ready within the time budget', { value: 1243, limit: 10_000, unit: 'ms', note: '1.24 s (baseline 0.53 s)' }],
  ['performance.memory', 'its memory is within the budget', {
    value: 181_200_000, limit: 400_000_000, unit: 'bytes', note: '181 MB (baseline 176 MB)',
  }],
  ['performance.disk', 'its unpacked files are within the disk budget', {
    value: 140_050_175, limit: 400_000_000, unit: 'bytes', note: '140 MB (baseline 0 MB)',
  }],
];

/** The checks of a whole run that passed, for tests alone: about as many and as long as those of a real worker. */
export function passingChecks(): CheckResult[] {
  const derived = variables.flatMap((name) => [
    sampleCheck(`environment.${name}.honoured`, { title: `${name} is honoured`, note: "seen in a poller's address" }),
    sampleCheck(
      `environment.${name}.default`,
      { title: `${name} has its default when it is not set`, outcome: 'not-applicable', reason: 'the contract names no place (reaches) ' +
        'where its effect can be seen' },
    ),
    sampleCheck(`environment.${name}.invalid`, { title: `${name} is refused by name when its value is invalid`, note: '2 of 2 values' }),
  ]);
  return [...promises.map(([id, title, more]) => sampleCheck(id, { title, ...more })), ...derived];
}

/** An evidence file of a check. */
export function file(path: string, title: string): CheckResult['evidence'][number] {
  return { path: `evidence/${path}`, sha256: 'e'.repeat(64), title };
}

import { z } from 'zod';
import { executionSchema } from './execution-schema.ts';
import { between, flag, limit, listOf, oneOf, scalar, scalarList, section, text, textLike, textList } from './fields.ts';
import { platforms } from '../model/platforms.ts';
import { parseReach, reachGrammar } from './reaches.ts';
import { servicesSchema } from './services-schema.ts';
import { pointerPattern, temporalSchema } from './temporal-schema.ts';

const artifact = section({
  files: z.array(textLike(
    /^(?!\/|[A-Za-z]:|~)(?!.*(?:^|[/\\])\.\.(?:[/\\]|$)).+$/, "a path below the executable's folder", 'One of them.',
  ), { error: 'expected a list of paths' }).default([]).describe('Files and folders that belong beside the executable, seen from its ' +
    'folder: it is verified with them, and ships with them.'),
}, 'What is released.');

const noCommand = { error: 'expected a command as text, or as a list of texts' };
const word = z.string(noCommand).min(1, noCommand);
const source = section({
  entry: text("The script that starts the worker, relative to the project's folder."),
  manager: text('What keeps the environment, for example "uv"; left out, it is found by its lock file or its folder.').optional(),
  spec: text("The PyInstaller spec file that builds the executable, relative to the project's folder; needed where several lie there.")
    .optional(),
  build: z.union([word.describe('A line for the shell.'), z.array(word, noCommand).min(1, noCommand)
    .describe('The program and its arguments, without a shell.')], noCommand)
    .describe("The command that builds the executable, as it is typed in the project's folder; left out, it is found: a Makefile's rule " +
      "that calls PyInstaller, else the manager's pyinstaller with the spec file.").optional(),
}, 'The worker run from source: the baseline.');

const flags = (what: string) =>
  textList(`Arguments that make the worker print ${what} and exit 0.`).min(1, { error: 'expected at least one argument' }).optional();
const cli = section(
  { version: flags('its version'), help: flags('its help') }, 'What the worker can be asked; leave out what it does not have.',
);

const name = textLike(pointerPattern, 'the name of an environment variable or a --flag', 'Name of an environment variable, or a flag.');
const reachError = `expected one of ${reachGrammar.join(', ')}`;
const reaches = z.string({ error: reachError }).refine((reach) => parseReach(reach) !== undefined, { error: reachError })
  .describe(`Where the value can be seen from outside: ${reachGrammar.join(', ')}.`);
const variable = section({
  default: scalar('What the worker uses when the variable is not set.').optional(),
  allowed: scalarList('The only values the worker accepts.').min(1, { error: 'expected at least one value' }).optional(),
  type: oneOf(['integer', 'boolean', 'url', 'path', 'string'], 'What the value is read as.').optional(),
  required: flag('The worker must refuse to start without it, naming it.').default(false),
  secret: flag('The value must never be seen in logs, histories, files, services or requests but its own.').default(false),
  reaches: reaches.optional(),
  from: textLike(
    /^[A-Za-z][\w-]*\.\w+$/, 'a place of a service, such as llm.url', 'The harness sets it to this place of a service: NAME.url, or ' +
      'NAME.host, NAME.port, NAME.user, NAME.password, NAME.database where it has them.',
  ).optional(),
  value: scalar('The harness always sets it to this; it is not varied. May hold {service.NAME.url} and the like.').optional(),
  example: scalar('A valid value other than the default, to see it honoured; for a secret one of its form, from which others are made up.')
    .optional(),
  invalid: scalarList('Values that the worker must refuse to start with, naming the variable.').default([]),
  says: text('What the worker calls it when it refuses it, where that is another spelling: task_queue for TASK_QUEUE.').optional(),
  description: text('For the reader.').optional(),
}, 'One environment variable of the worker.');

const registers = section({
  workflows: textList('Workflow types that the worker registers.').default([]),
  activities: textList('Activity types that the worker registers.').default([]),
}, 'What the worker registers; together they must not be empty.');

const fileName = textLike(
  /^(?!\/|[A-Za-z]:)(?!.*(?:^|[/\\])\.\.(?:[/\\]|$))(?!~(?!\/)).+$/, 'a path in its working directory, or one that begins with ~/',
    'Where it is written.',
);

const exitCodeRule = 'an exit code from 0 to 255, or minus the number of a signal';
const exitCode = between(-64, 255, exitCodeRule);
const error = `expected ${exitCodeRule}`;
const shutdown = section({
  signals: listOf(['SIGTERM', 'SIGINT'], 'Signals that end the worker in an orderly way.').default(['SIGTERM', 'SIGINT']),
  exitCode: z.union([exitCode, z.array(exitCode, { error }).min(1, { error })], { error }).default(0)
    .describe('The exit code after such a signal, or a list of those that are fine; -6 for an end by signal 6.'),
  withinSeconds: limit('Seconds from the signal to the end of the last process.').default(15),
  inFlight: oneOf(['drain', 'retry', 'none'], 'Work in flight is finished (drain), or given back to be retried elsewhere (retry); none: ' +
    'every activity ends within half a second, so that none is in flight for longer.').default('drain'),
  inFlightExecution: text('Name of the execution that is in the middle of an activity when the worker is stopped; left out, it is one ' +
    'that asks the model, else the one whose activity was seen to take longest.').optional(),
  parentKilled: oneOf(
    ['ends'], 'Promised: nothing outlives the started process when that is killed (SIGKILL). Left out, what does is told.',
  ).optional(),
}, 'What a stop looks like.');

const oldest = (system: string, pattern: RegExp, example: string) => textLike(
  pattern, `a ${system} version such as "${example}"`, `Oldest ${system} that the executable must run on, for example "${example}".`,
).optional();
const bundle = section({
  python: text('Python versions allowed inside, for example ">=3.11".').optional(),
  excludes: textList('Modules that must not be inside.').default([]),
  glibc: oldest('glibc', /^2\.\d+$/, '2.28'),
  macos: oldest('macOS', /^\d+(\.\d+){0,2}$/, '12.0'),
}, 'What may be inside the executable.');

const leak = section({
  memoryKbPerExecution: limit('Memory that the process tree takes for itself, in kilobytes of 1,000 bytes.').default(5),
  descriptorsPerExecution: limit('Open files, sockets and pipes.').default(0.01),
  threadsPerExecution: limit('Threads.').default(0.01),
  processesPerExecution: limit('Processes that go on, and ended ones that nobody waits for.').default(0.01),
  filesPerExecution: limit("Files in the launch's folders: home, temporary and working directory.").default(0.01),
}, 'How much more of each there may be after every execution, on average over hundreds, once the worker is warm.');

const more = (what: string) => limit(`${what}, in per cent of what the worker takes from source.`).exactOptional();
const overBaseline = section({
  cpuPercent: more('CPU time to ready'), wallPercent: more('Time to ready'), memoryPercent: more('Memory of the process tree at ready'),
}, 'How much more it may take than the same worker from source, decided by pairs of both; what is left out is told and not judged.');

const budgets = section({
  sizeMb: limit('Size of the executable, in megabytes of 1,000,000 bytes.').default(100),
  versionSeconds: limit('Seconds from start to exit of the version command.').default(3),
  readySeconds: limit('Seconds from start until the server lists the worker as a poller.').default(10),
  memoryMb: limit('Memory of the whole process tree, in megabytes of 1,000,000 bytes.').default(400),
  diskMb: limit('Disk space that one launch takes for unpacked files, in megabytes of 1,000,000 bytes.').default(400),
  leak: leak.prefault({}),
  overBaseline: overBaseline.prefault({}),
}, 'Limits that need no last release.');

const worse = (what: string, byDefault: string) =>
  limit(`${what}, in per cent of the last release: a regression of this size must be caught; ${byDefault} when left out.`).exactOptional();
const regression = section({
  cpuPercent: worse('CPU time to ready, and of the version command', '5'),
  wallPercent: worse('Time to ready, and of the version command', '20 and 10'),
  memoryPercent: worse('Memory of the process tree at ready', '3'),
  stopPercent: worse('Time to stop', '20'),
  throughputPercent: limit('Time of an execution, alone and among others, in per cent of the last release: a regression of this size ' +
    'must be caught, 10 for example. It is compared only where this is given.').exactOptional(),
  sizePercent: worse('Size of the executable', '1'),
  diskPercent: worse('Unpacked files', '1'),
  tolerance: limit('What is taken for no change, in per cent; nothing when left out.').exactOptional(),
}, 'By how much a release may not be worse than the one before it (--previous).');

const codec = section({
  url: textLike(
    /^(?:https?:\/\/|\{)/, 'an address such as "http://127.0.0.1:8081", or "{service.NAME.url}"',
    "Where /encode and /decode of Temporal's remote codec protocol are; {service.NAME.url} of a program of the contract.",
  ),
  authorization: text('What the header Authorization says there.').optional(),
}, "The worker's payload codec: without it, nobody can read what a worker encrypts.");

const nexusError = 'expected a mapping with endpoint and queue, or a list of them';
const endpoint = section({
  endpoint: textLike(/^[A-Za-z][\w-]*$/, 'a name of letters, digits, _ and -', 'Its name, as the code of whoever calls it has it.'),
  queue: text('The task queue of the worker to which it leads, by its name in temporal.taskQueues; main for the only one.').default('main'),
}, 'A Nexus endpoint by which the worker offers services; each launch then gets a server of its own, on which it is made.');
const nexus = z.union([endpoint, z.array(endpoint, { error: nexusError })], { error: nexusError })
  .transform((given) => [given].flat()).describe('Nexus endpoints that lead to the worker: one, or a list of them.');

/** worker-contract.yaml, field by field: what a worker promises. Parsing it fills in the defaults; rules.ts has what spans several. */
export const contractSchema = section({
  worker: text("The worker's name."),
  version: text('What the version command must print.').optional(),
  source: source.optional(),
  artifact: artifact.prefault({}),
  arguments: textList('Arguments that start the worker; may hold placeholders: {temporal.address}, {queue.NAME}, {file.NAME} ' +
    '…').default([]),
  files: z.record(fileName, z.string({ error: 'expected text' }), { error: 'expected a mapping' })
    .describe('Files that are written before the worker starts, by their path in its working directory (config.toml) or its home ' +
      '(~/.config/x.toml); may hold placeholders.').default({}),
  interface: cli.prefault({}),
  temporal: temporalSchema,
  services: servicesSchema,
  environment: z.record(name, variable, { error: 'expected a mapping' })
    .describe('The environment variables of the worker, by name.').default({}),
  registers: registers.prefault({}),
  executions: z.array(executionSchema, { error: 'expected a list of executions' }).default([])
    .describe('What is run, and how it must end.'),
  listens: scalarList('Where it may listen: a port, HOST:PORT (0.0.0.0:9464; * for any port), or the path of a Unix socket.').default([]),
  connects: scalarList('What it may call beside the server and its services: HOST:PORT, HOST (also *.example.com), or the path of a Unix ' +
    'socket.').default([]),
  writes: scalarList('What it may write beside temporary files in TMPDIR: paths, with * and **; from ~/ its home, from ./ its working ' +
    'directory.').default([]),
  launches: oneOf(['one-at-a-time'], 'Two copies cannot run at once: a port or a lock file is fixed.').optional(),
  codec: codec.optional(),
  nexus: nexus.prefault([]),
  shutdown: shutdown.prefault({}),
  bundle: bundle.prefault({}),
  budgets: budgets.prefault({}),
  regression: regression.prefault({}),
  platforms: listOf(platforms, 'Platforms of a release; all of them when left out, so that the gate never asks for fewer by accident.')
    .min(1, { error: 'expected at least one platform' }).default([...platforms]),
}, 'What a Temporal worker promises; verified by frostgate.');

/** The contract, normalised: defaults filled in, environment values as text, whatever they were in YAML. */
export type Contract = z.infer<typeof contractSchema>;
export type Variable = z.infer<typeof variable>;

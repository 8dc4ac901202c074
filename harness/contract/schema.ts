import { z } from 'zod';
import { environmentSchema } from './environment-schema.ts';
import { executionSchema } from './execution-schema.ts';
import { limit, listOf, oneOf, section, text, textLike, textList } from './fields.ts';
import { platforms } from '../model/platforms.ts';

const pointer = (what: string) =>
  textLike(
    /^([A-Za-z_][A-Za-z0-9_]*|--[A-Za-z][A-Za-z0-9-]*)$/,
    'the name of an environment variable or a --flag',
    `The environment variable, or the flag, that gives the worker ${what}.`,
  );

const flags = (what: string) =>
  textList(`Arguments that make the worker print ${what} and exit 0.`).min(1, { error: 'expected at least one argument' });

const source = section(
  {
    entry: text("The script that starts the worker, relative to the project's folder."),
    manager: oneOf(['poetry'], 'What manages the environment.'),
    spec: text("The PyInstaller spec file that builds the executable, relative to the project's folder; needed where several lie " +
      "there.").optional(),
  },
  'The worker run from source: the baseline.',
);

const cli = section(
  { version: flags('its version').optional(), help: flags('its help').optional() },
  'What the worker can be asked; leave out what it does not have.',
);

const temporal = section(
  {
    address: pointer("the server's host and port"),
    namespace: pointer('the namespace').optional(),
    taskQueue: pointer('the task queue').optional(),
  },
  'How the worker is pointed at a server.',
);

const registers = section(
  {
    workflows: textList('Workflow types that the worker registers.').default([]),
    activities: textList('Activity types that the worker registers.').default([]),
  },
  'What the worker registers; together they must not be empty.',
);

const exitCodeError = 'expected an exit code from 0 to 255, or minus the number of a signal';
const exitCode = z.int({ error: exitCodeError }).min(-64, { error: exitCodeError }).max(255, { error: exitCodeError });
const shutdown = section(
  {
    signals: listOf(['SIGTERM', 'SIGINT'], 'Signals that end the worker in an orderly way.').default(['SIGTERM', 'SIGINT']),
    exitCode: z.union([exitCode, z.array(exitCode, { error: exitCodeError }).min(1, { error: exitCodeError })], { error: exitCodeError })
      .default(0)
      .describe('The exit code after such a signal, or a list of those that are fine; -6 for an end by signal 6.'),
    withinSeconds: limit('Seconds from the signal to the end of the last process.').default(15),
    inFlight: oneOf(['drain', 'retry'], 'Work in flight is finished (drain) or given back to be retried elsewhere ' +
      '(retry).').default('drain'),
  },
  'What a stop looks like.',
);

const bundle = section(
  {
    python: text('Python versions allowed inside, for example ">=3.11".').optional(),
    excludes: textList('Modules that must not be inside.').default([]),
    glibc: textLike(/^2\.\d+$/, 'a glibc version such as "2.28"', 'Oldest glibc that the executable must run on, for example ' +
      '"2.28".').optional(),
    macos: textLike(/^\d+(\.\d+){0,2}$/, 'a macOS version such as "12.0"', 'Oldest macOS that the executable must run on, for example ' +
      '"12.0".').optional(),
  },
  'What may be inside the executable.',
);

const budgets = section(
  {
    sizeMb: limit('Size of the executable, in megabytes of 1,000,000 bytes.').default(100),
    versionSeconds: limit('Seconds from start to exit of the version command.').default(3),
    readySeconds: limit('Seconds from start until the server lists the worker as a poller.').default(10),
    memoryMb: limit('Memory of the whole process tree, in megabytes of 1,000,000 bytes.').default(400),
    diskMb: limit('Disk space that one launch takes for unpacked files, in megabytes of 1,000,000 bytes.').default(400),
  },
  'Absolute limits.',
);

const regression = section(
  {
    cpuPercent: limit('CPU time.').default(5),
    wallPercent: limit('Elapsed time.').default(10),
    memoryPercent: limit('Memory.').default(3),
    sizePercent: limit('Size of the executable.').default(5),
  },
  'By how many percent a release may be worse than the one before it.',
);

/** worker-contract.yaml, field by field: what a worker promises. Parsing it fills in the defaults; rules.ts has what spans several. */
export const contractSchema = section(
  {
    worker: text("The worker's name."),
    version: text('What the version command must print.').optional(),
    source: source.optional(),
    arguments: textList('Arguments that start the worker.').default([]),
    interface: cli.prefault({}),
    temporal,
    services: listOf(['llm', 'redis'], 'What the worker talks to besides Temporal.').default([]),
    environment: environmentSchema.default({}),
    registers,
    executions: z.array(
      executionSchema, { error: 'expected a list of executions' },
    ).default([]).describe('What is run, and how it must end.'),
    shutdown: shutdown.prefault({}),
    bundle: bundle.prefault({}),
    budgets: budgets.prefault({}),
    regression: regression.prefault({}),
    platforms: listOf(platforms, 'Platforms of a release; all of them when left out, so that the gate never asks for fewer by accident.')
      .min(1, { error: 'expected at least one platform' })
      .default([...platforms]),
  },
  'What a Temporal worker promises; verified by frostgate.',
);

/** The contract, normalised: defaults filled in, environment values as text. */
export type Contract = z.infer<typeof contractSchema>;

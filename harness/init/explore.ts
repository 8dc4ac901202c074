import { UsageError } from '../model/errors.ts';
import { plainName } from '../system/plain-name.ts';
import { exampleIn, missingIn, takesFile } from './config-file.ts';
import { knobsOf, type Knob } from './knobs.ts';
import { lackOf } from './lack.ts';
import { roleOf } from './roles.ts';
import type { Services } from './services.ts';
import { launchObserved, type Bench, type Given, type Trial } from './trial.ts';

/** What was found on the way to a worker that polls. */
export type Explored = {
  /** The launch that came to poll; it still runs. */
  readonly trial: Trial;
  /** All launches in their order. */
  readonly trials: readonly Trial[];
  /** Without these it did not start: tried. */
  readonly required: readonly string[];
  /** The words before the flags that start it. */
  readonly command: readonly string[];
  /** What it was told in the end. */
  readonly told: ReadonlyMap<string, string>;
  /** The configuration files that it was given, from examples in the project. */
  readonly files: ReadonlyMap<string, string>;
};

/** More are not tried one after the other. */
const most = 16;

/**
 * Launches the worker from source with nothing, then with what each launch shows that it was without, until it polls.
 * @throws {UsageError} where that cannot be told; the sentence says what is missing.
 */
export async function explore(bench: Bench, services: Services): Promise<Explored> {
  const trials: Trial[] = [];
  const required: string[] = [];
  const command: string[] = [];
  const told = new Map<string, string>();
  const files = new Map<string, string>();
  const port = Number(bench.server.address.split(':').at(-1));
  for (let attempt = 0; attempt < most; attempt += 1) {
    const trial = await launchObserved(bench, givenOf(command, told, files));
    trials.push(trial);
    bench.signal.throwIfAborted();
    if (trial.polls) return { trial, trials, required, command, told, files };
    const lack = lackOf(trial, port);
    const missing = lack.kind === 'unknown' ? missingIn(trial.said, trial.launch.room.cwd) : undefined;
    const example = missing === undefined || files.has(missing) ? undefined : exampleIn(bench.baseline.directory, missing);
    if (example) {
      files.set(example.name, example.text);
      bench.say(`it needs ${example.name}: taken from the project`);
      continue;
    }
    if (lack.kind === 'unknown') throw new UsageError(`${bench.baseline.directory}: ${bench.baseline.entry} was run, and ${lack.sentence}`);
    if (lack.kind === 'command') {
      command.push(...lack.names);
      bench.say(`it has subcommands: trying ${lack.names.join(' ')}`);
      continue;
    }
    const knobs = knobsOf(trials.map(({ observed }) => observed), command);
    if (lack.kind === 'service') {
      const found = await services.standIn(lack, [...knobs.values()]);
      told.set(found.name, found.value);
      bench.say(`it calls ${lack.host}:${lack.port}: started ${found.title} and told it so by ${found.name}`);
      continue;
    }
    const knob = knobs.get(lack.name) ?? { name: lack.name, required: true, secret: false };
    const config = takesFile(knob) ? exampleIn(bench.baseline.directory) : undefined;
    if (config) {
      files.set(config.name, config.text);
      told.set(lack.name, `{file.${config.name}}`);
      bench.say(`it needs ${lack.name}: given ${config.name}, an example of the project`);
      continue;
    }
    required.push(lack.name);
    told.set(lack.name, await valueFor(knob, bench, services));
    bench.say(`it needs ${lack.name}`);
  }
  throw new UsageError(`${bench.baseline.directory}: after ${most} launches ${bench.baseline.entry} still does not poll, given ` +
    [...told.keys()].join(', '));
}

/** A command line and environment of these. */
export function givenOf(
  command: readonly string[], told: ReadonlyMap<string, string>, files?: Given['files'], places?: Given['places'],
): Given {
  const all = [...told];
  return {
    ...(files && { files }), ...(places && { places }),
    environment: Object.fromEntries(all.filter(([name]) => !name.startsWith('-'))),
    args: [...command, ...all.filter(([name]) => name.startsWith('-')).flat()],
  };
}

/** A value that says where to work, or one of the right form. */
async function valueFor(knob: Knob, { server }: Bench, services: Services): Promise<string> {
  const role = roleOf(knob);
  if (typeof role === 'object') return services.tell(knob.name, role.service);
  switch (role) {
    case 'address': return server.address;
    case 'namespace': return server.namespaces[0] ?? 'default';
    case 'taskQueue': case 'buildId': return plainName();
    case 'secret': return `${plainName()}-${plainName()}`;
    default: return knob.allowed?.[0] ?? (knob.type === 'integer' ? '1' : knob.type === 'boolean' ? 'true' : plainName());
  }
}

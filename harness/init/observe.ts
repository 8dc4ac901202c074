import { baselineCommand, findBaseline } from '../baselines/baseline.ts';
import type { InitOptions } from '../cli/init-options.ts';
import { platformId } from '../system/platform.ts';
import type { Draft } from './draft.ts';
import { explore } from './explore.ts';
import { interfaceOf } from './interface.ts';
import { knobsOf } from './knobs.ts';
import { findPointers } from './pointers.ts';
import { findProject } from './project.ts';
import { Services, withPlaces } from './services.ts';
import { namesIn } from './source-names.ts';
import { stopBy } from './stop.ts';
import { withServer } from './with-server.ts';

type Asked = Pick<InitOptions, 'entry' | 'temporalCli'> & { readonly directory: string; readonly called: string | undefined };

/**
 * Runs a worker from source against a server of its own and gathers what its contract says.
 * @throws {UsageError} where it is no project or does not come to work. @throws {InfrastructureError} where there is no server.
 */
export async function observeSource(
  { directory, entry: named, temporalCli, called }: Asked, signal: AbortSignal, say: (line: string) => void,
): Promise<Draft> {
  const { entry, name } = findProject(directory, named, called);
  const baseline = await findBaseline(directory, entry);
  return withServer({ temporalCli, signal, say }, async (beside): Promise<Draft> => {
    const { run } = beside;
    await using services = new Services({ how: 'auto', run, folder: directory, signal, say });
    const bench = { ...beside, baseline };
    say(`running ${entry} with nothing set`);
    const explored = await explore(bench, services);
    const { trial, trials, required, command } = explored;
    const first = await stopBy(trial, 'SIGINT');
    const observed = trials.map((each) => each.observed);
    say('running it again, told other places');
    const pointers = await findPointers(bench, explored, knobsOf(observed, command));
    const second = await stopBy(pointers.second, 'SIGTERM');
    const seen = knobsOf([...observed, pointers.second.observed], command);
    const late = namesIn(directory).filter((knob) => !seen.has(knob.name)).map((knob) => [knob.name, { ...knob, isLate: true }] as const);
    const knobs = new Map([...seen, ...late]);
    const asked = await interfaceOf(run, (args) => baselineCommand(baseline, args), trial.observed);
    const client = trial.observed.clients.at(-1);
    return {
      worker: name, version: asked.version, interface: asked.words, command,
      source: { entry, manager: baseline.manager.id },
      pointers, services: withPlaces(services.told, knobs), called: new Set(services.told.keys()), knobs: [...knobs.values()], required,
      identity: trial.observed.workers.find(({ identity }) => identity !== undefined)?.identity ?? client?.identity,
      codec: client?.codec ?? false,
      stops: [second, first].flatMap((stop) => stop ?? []),
      platform: platformId(),
    };
  });
}

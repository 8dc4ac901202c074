import { baselineCommand, findBaseline } from '../baselines/baseline.ts';
import type { InitOptions } from '../cli/init-options.ts';
import { platformId } from '../system/platform.ts';
import type { Release } from './black-box/release.ts';
import type { Draft } from './draft.ts';
import { explore, givenOf, type Explored } from './explore.ts';
import { interfaceOf } from './interface.ts';
import { knobsInHelp } from './help-names.ts';
import { knobsOf, merged, type Knob } from './knobs.ts';
import { listensOf } from './listens.ts';
import { loggedIn, type Printed } from './logged.ts';
import { packagingOf } from './packaging.ts';
import { findPointers } from './pointers.ts';
import { findProject } from './project.ts';
import { findRefused, refusesWithinMs } from './refused.ts';
import { seeReleased } from './released.ts';
import { Services, withPlaces } from './services.ts';
import { endpointIn, searchAttributesIn } from './source-facts.ts';
import { filesIn } from './source-files.ts';
import { namesIn } from './source-names.ts';
import { stopBy } from './stop.ts';
import { launchObserved, type Bench, type Trial } from './trial.ts';
import { withServer } from './with-server.ts';

type Asked = Pick<InitOptions, 'entry' | 'temporalCli'> & {
  readonly directory: string;
  readonly called: string | undefined;
  readonly release: Release | undefined;
};

/**
 * Runs a worker from source against a server of its own and gathers what its contract says.
 * @throws {UsageError} where it is no project or does not come to work. @throws {InfrastructureError} where there is no server.
 */
export async function observeSource(
  { directory, entry: named, temporalCli, called, release }: Asked, signal: AbortSignal, say: (line: string) => void,
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
    const firstSeen = seenOf(trial);
    const again = ({ given }: Trial) => async <T>(stop: (other: Trial) => Promise<T>) => stop(await launchObserved(bench, given));
    const first = await stopBy(trial, 'SIGINT', again(trial));
    const observed = trials.map((each) => each.observed);
    say('running it again, told other places');
    const pointers = await findPointers(bench, explored, knobsOf(observed, command), firstSeen.listens);
    const secondSeen = seenOf(pointers.second);
    const second = await stopBy(pointers.second, 'SIGTERM', again(pointers.second));
    const asked = await interfaceOf(run, (args) => baselineCommand(baseline, args), trial.observed);
    const files = filesIn(directory);
    const seen = knobsOf([...observed, pointers.second.observed], command);
    const inSource = namesIn(files.filter(({ file }) => file.endsWith('.py')));
    const late = inSource.filter((knob) => !seen.has(knob.name)).map((knob) => ({ ...knob, isLate: true }));
    const known = new Set([...seen.keys(), ...late.map((knob) => knob.name)]);
    // What stands behind an `or`, no call is given: the source has it.
    const knobs = merged([...seen.values(), ...late, ...inSource, ...knobsInHelp(asked.help).filter((knob) => known.has(knob.name))]);
    const placed = [...explored.told].filter(([, value]) => value.startsWith('{file.'));
    const executable = release && await seeReleased(beside, release, explored, pointers, knobs);
    say('telling it what cannot be right');
    const open = knobs.filter((knob) => !placed.some(([each]) => each === knob.name));
    const refused = await findRefused(open, (wrong) => refusing(bench, explored, wrong));
    const always = new Map(placed.filter(([each]) => !each.startsWith('-')));
    const client = trial.observed.clients.at(-1);
    const { spec, python, excludes } = packagingOf(directory, called ?? name);
    return {
      worker: name, version: asked.version, interface: asked.words, files: pointers.files, always,
      command: [...command, ...placed.filter(([each]) => each.startsWith('-')).flat()],
      source: { entry, manager: baseline.manager.id, ...(spec && { spec }) },
      pointers, services: withPlaces(services.told, new Map(knobs.map((knob) => [knob.name, knob]))), called: new Set(services.told.keys()),
      knobs: knobs.filter((knob) => !placed.some(([each]) => each === knob.name && each.startsWith('-'))), required,
      identity: trial.observed.workers.find(({ identity }) => identity !== undefined)?.identity ?? client?.identity,
      codec: client?.codec ?? false,
      stops: [second, first].flatMap((stop) => stop ?? []),
      platform: platformId(),
      graceSeconds: Math.max(0, ...pointers.queues.map(({ worker }) => worker.graceSeconds)),
      refused, logged: loggedIn([firstSeen, secondSeen], knobs),
      listens: [...firstSeen.listens.filter((place) => secondSeen.listens.includes(place)), ...pointers.listens],
      searchAttributes: searchAttributesIn(files), endpoint: endpointIn(files),
      bundle: { ...(python && { python }), ...(excludes.length > 0 && { excludes }) }, executable,
    };
  });
}

/** What a launch that polls has printed, and where it listens. */
function seenOf({ said, given, launch, polls }: Trial): Printed & { readonly listens: readonly string[] } {
  const { environment, args } = given;
  const valueOf = ({ name, default: preset }: Knob) => environment[name] ?? (args.includes(name) ? args[args.indexOf(name) + 1] : preset);
  return { said, valueOf, listens: polls ? listensOf(launch) : [] };
}

/** What it printed where it ended with an error, told wrong values beside what it needs. */
async function refusing(bench: Bench, { told, command, files }: Explored, wrong: ReadonlyMap<string, string>) {
  const trial = await launchObserved(bench, givenOf(command, new Map([...told, ...wrong]), files), refusesWithinMs);
  if (trial.polls) await trial.launch.dispose();
  return trial.exit !== undefined && trial.exit.code !== 0 ? trial.said : undefined;
}

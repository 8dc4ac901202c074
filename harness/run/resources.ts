import { dirname } from 'node:path';
import type { Options } from '../cli/options.ts';
import { chosenChecks } from '../contract/catalogue.ts';
import type { Contract } from '../contract/schema.ts';
import type { ServiceEntry } from '../contract/services-schema.ts';
import { keptRecording } from '../baselines/recorder/kept.ts';
import { isComparedOnly } from '../stage/recorded.ts';
import type { Need } from '../model/check-row.ts';
import { InfrastructureError, messageOf } from '../model/errors.ts';
import { EvidenceFolder } from '../stage/evidence.ts';
import { serviceOf, type RunningService } from '../services/service.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { busySentence, watchMachine } from '../system/cpu/machine-load.ts';
import { watchFreeSpace } from '../system/free-space.ts';
import { missingEyes } from '../system/eyes.ts';
import { startServer } from '../temporal/server.ts';
import type { Inputs } from './inputs.ts';
import { mustRun } from './way-to-run.ts';
import { missingSentence, neededFor } from './needed.ts';

/** What runs beside the subject, and why something of it does not. */
export type Resources = Awaited<ReturnType<typeof startResources>>;

const kindsIn = (contract: Contract | undefined) => (contract?.services ?? []).map(({ kind }) => kind);

/** Whether any of the checks that will run is about a launch; comparing with the baseline launches that one. */
function launchesAnything({ context: { contract, baseline, previous, only, recordingKey: key } }: Inputs): boolean {
  if (isComparedOnly(only) && baseline && key && keptRecording(baseline, key)) return false;
  const isOne = (need: Need): boolean => need === 'server' || (need === 'contract' && baseline !== undefined);
  return contract !== undefined && chosenChecks(contract, only, previous !== undefined).some(({ needs }) => needs.some(isOne));
}

/**
 * Starts server and services side by side, where a check needs them. One that cannot be had is a problem to tell: checks that do not need
 * it still say something.
 */
export async function startResources({ options, inputs, run, signal, say }: {
  readonly options: Options; readonly inputs: Inputs; readonly run: RunFolder; readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}) {
  // Not an AsyncDisposableStack: Node 22 has none.
  const all: AsyncDisposable[] = [];
  const endAll = async (): Promise<void> => {
    space[Symbol.dispose]();
    await Promise.all(all.map((resource) => resource[Symbol.asyncDispose]()));
  };
  const lacking: string[] = [];
  const machine = watchMachine(run);
  const space = watchFreeSpace(run.folder);
  const attempt = async <T extends AsyncDisposable>(start: () => Promise<T>): Promise<T | undefined> => {
    try {
      const resource = await start();
      all.push(resource);
      return resource;
    } catch (error) {
      if (!(error instanceof InfrastructureError)) throw error;
      lacking.push(messageOf(error));
      say(`error: ${messageOf(error)}`);
      return undefined;
    }
  };
  const { temporalAddress, temporalCli, services: how } = options;
  const { loaded } = inputs;
  const wanted = launchesAnything(inputs);
  if (wanted) mustRun(inputs.context.named, inputs.context.notRunHere);
  const folder = dirname(loaded?.file ?? '');
  const needed = wanted && temporalAddress === undefined ? await neededFor(kindsIn(loaded?.contract), temporalCli) : [];
  const missing = missingSentence(needed);
  if (missing !== undefined) say(missing);
  const startService = async (entry: ServiceEntry) => {
    const started = await attempt(async () => (await serviceOf(entry.kind)).start(entry, { how, run, folder, signal, say }));
    return started === undefined ? [] : [{ entry, started }];
  };
  const serving = wanted ? attempt(() => startServer({ temporalAddress, temporalCli, run, signal, say })) : Promise.resolve(undefined);
  const looking = missingEyes({ ownServer: temporalAddress === undefined, emulatedBy: inputs.context.emulation?.by });
  const starting = (wanted ? loaded?.contract.services ?? [] : []).map(startService);
  // Whichever fails unforeseen, the others have come to be before all are ended.
  const failed = (await Promise.allSettled([serving, looking, ...starting])).find((each) => each.status === 'rejected');
  if (failed) {
    await endAll();
    throw failed.reason;
  }
  const [server, services] = [await serving, (await Promise.all(starting)).flat()];
  return {
    /** Whether server and services were looked for at all. */
    wanted,
    context: {
      server: server?.info,
      eyes: await looking,
      services: services.map((service): RunningService => ({ ...service.entry, info: service.started.info })),
    },
    /** Each names what is missing or ended too early, why, and what to do. */
    get problems(): readonly string[] {
      return [...lacking, ...services.flatMap(({ entry: { name }, started: { problem, log } }) => {
        const text = problem?.();
        return text === undefined ? [] : `${text}${log ? `\n(all of it is in evidence/services/${name}.log)` : ''}`;
      })];
    },
    /** Says that the machine was busy with other work while all this ran; undefined where it was not. */
    busy: () => busySentence(machine.seen()),
    /** The least room that the directory for temporary files had meanwhile. */
    leastFreeBytes: () => space.leastBytes,
    /** Writes what services printed into the evidence folder. */
    keepLogs(evidenceFolder: string): void {
      const evidence = new EvidenceFolder(evidenceFolder, 'services');
      for (const { entry: { name }, started: { log } } of services) if (log) evidence.write(`output of ${name}`, `${name}.log`, log());
    },
    [Symbol.asyncDispose]: endAll,
  };
}

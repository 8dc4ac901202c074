import { dirname } from 'node:path';
import { invocation } from '../cli/invocation.ts';
import { shownPath } from '../cli/shown-path.ts';
import { rowOf } from '../model/catalogue.ts';
import type { CheckResult, Report } from '../model/report.ts';
import { BundleError } from '../runtimes/native/errors.ts';
import { readBundle } from '../runtimes/subject.ts';
import { readLaunches, type LaunchRecord, type RunFolder } from '../system/launch/run-folder.ts';
import type { Containment } from '../system/containment.ts';
import { describeMachine } from '../system/machine.ts';
import { ownVersion } from '../system/own-package.ts';
import type { Clock } from './clock.ts';
import type { Inputs } from './inputs.ts';
import { contentsOf } from './inspect/contents.ts';
import type { Resources } from './resources.ts';

/** What was verified, where and against what, in the words of the report. */
export async function described(
  { context, tree, mode, loaded, baselineAbsent }: Inputs, { context: { server, services } }: Resources, checks: readonly CheckResult[],
  sha256Before: string, sha256After: string | undefined, containment: Containment,
): Promise<Pick<Report, 'subject' | 'previous' | 'platform' | 'server' | 'services' | 'baseline' | 'baselineAbsent' | 'contract'>> {
  const { named, baseline, previous, identity: { format, platforms, freezer, sizeBytes } } = context;
  const project = baseline?.directory ?? dirname(loaded?.file ?? named);
  const version = checks.find(({ id }) => rowOf(id)?.gives === 'version')?.note;
  return {
    subject: {
      ...(tree && { tree: { sha256: tree.sha256, dirHash: tree.dirHash, files: tree.files } }), file: shownPath(named), sizeBytes, mode,
      format, platforms: [...platforms], freezer, version, sha256Before, sha256After,
    },
    ...(previous && { previous: {
      file: shownPath(previous.named), sha256: previous.sha256, sizeBytes: previous.sizeBytes, ...await contentsOfLast(previous.binary),
    } }),
    platform: {
      ...(await describeMachine(project)), ...(context.emulation && { emulation: context.emulation }), containment: containment.ways,
    },
    server: server ? serverOf(server) : null,
    services: services.map(({ name, info: { version: release, origin } }) => ({ name, version: release, origin })),
    baseline: baseline
      ? { directory: shownPath(baseline.directory), pythonVersion: baseline.pythonVersion, lockSha256: baseline.lockSha256 } : null,
    baselineAbsent,
    contract: loaded ? { file: shownPath(loaded.file), sha256: loaded.sha256, worker: loaded.contract.worker } : null,
  };
}

/** What the last release holds; nothing where that cannot be listed, which its checks say. */
async function contentsOfLast(binary: string): Promise<Pick<NonNullable<Report['previous']>, 'contents'>> {
  const bundle = await readBundle(binary).catch((error: unknown) => {
    if (error instanceof BundleError) return undefined;
    throw error;
  });
  return bundle === undefined || bundle.kind === 'opaque' ? {} : { contents: contentsOf(bundle) };
}

/** Nothing else of a server, which may hold a key. */
function serverOf(
  { kind, address, serverVersion, cliVersion, origin, sha256 }: NonNullable<Resources['context']['server']>,
): Report['server'] {
  return { kind, address, serverVersion, cliVersion, origin, sha256 };
}

/** The run itself: who asked for what, when, and where the time went. */
export function describedRun(profile: Report['tool']['profile'], run: RunFolder, clock: Clock, hasPrevious: boolean): Report['tool'] {
  const launches = readLaunches(run);
  const launchesOf = (variant: LaunchRecord['variant']) => launches.filter((launch) => launch.variant === variant).length;
  return {
    name: 'frostgate',
    version: ownVersion,
    commandLine: [...invocation.words, ...invocation.args],
    startedAt: clock.startedAt,
    endedAt: clock.endedAt,
    profile,
    phases: clock.phases(),
    launches: {
      subject: launchesOf('subject'), baseline: launchesOf('baseline'), ...(hasPrevious && { previous: launchesOf('previous') }),
      busyMs: busyMs(launches),
    },
    // Node gives kilobytes of 1024 bytes.
    peakResidentBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** Milliseconds during which at least one launch was running: the length of the union of their intervals. */
export function busyMs(launches: readonly LaunchRecord[]): number {
  let total = 0;
  let end = 0;
  for (const launch of launches.toSorted((a, b) => a.startMs - b.startMs)) {
    total += Math.max(0, launch.endMs - Math.max(end, launch.startMs));
    end = Math.max(end, launch.endMs);
  }
  return total;
}

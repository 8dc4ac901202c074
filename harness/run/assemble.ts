import { dirname } from 'node:path';
import { invocation } from '../cli/invocation.ts';
import type { Options } from '../cli/options.ts';
import { shownPath } from '../cli/shown-path.ts';
import { catalogue } from '../contract/catalogue.ts';
import { diagnose } from '../judge/diagnose.ts';
import { rootCauses } from '../judge/root-causes.ts';
import { silentCauses } from '../judge/silent-causes.ts';
import { describeMachine } from '../system/machine.ts';
import { ownVersion } from '../system/own-package.ts';
import { readLaunches, type RunFolder } from '../system/launch/run-folder.ts';
import { schemaVersion, type CheckResult, type Report } from '../model/report.ts';
import { redactFiles, withHashes } from './publish/redact-files.ts';
import { judge } from '../judge/verdict.ts';
import { sha256OfFile } from '../system/tools/cache.ts';
import type { Collected } from './suites/collect.ts';
import type { Clock } from './clock.ts';
import type { Inputs } from './inputs.ts';
import { busyMs } from './busy.ts';
import { readInside } from './contents.ts';
import { withExcerpts } from './excerpts.ts';
import { secretsOf } from './canaries.ts';
import { notVerified } from './not-verified.ts';
import type { Resources } from './resources.ts';
import { locatedObservations, sourcesOf } from './sources.ts';

export type Parts = {
  readonly options: Options;
  readonly inputs: Inputs;
  readonly resources: Resources;
  readonly collected: Collected;
  readonly run: RunFolder;
  readonly clock: Clock;
  readonly evidenceFolder: string;
  readonly interrupted: string | null;
};

/** Puts everything that a run knows into its report, findings and verdict included. */
export async function assembleReport(
  { options, inputs, resources, collected, run, clock, evidenceFolder, interrupted }: Parts,
): Promise<Report> {
  const { context, loaded } = inputs;
  resources.keepLogs(evidenceFolder);
  const { contents, hints } = await readInside(context.binary);
  // A secret in the evidence was printed after the check that looks for it, or where that does not look.
  const redactions = await redactFiles(dirname(evidenceFolder), secretsOf(context.canaries, resources.context.server));
  const hashed = withHashes(collected.checks, redactions);
  const leaks = redactions.map(({ path, secrets }) => `the value of ${secrets.join(', ')} was in ${path}`);
  const partial = [
    ...(options.only.length > 0 ? [`--only ${options.only.join(' ')}`] : []), ...(options.profile === 'quick' ? ['--profile quick'] : []),
  ];
  const sha256After = await sha256OfFile(context.binary).catch(() => undefined);
  const expectedIds = catalogue(context.contract)
    .filter((spec) => options.only.length === 0 || options.only.includes(spec.area))
    .map((spec) => spec.id);
  const failed = hashed.filter((check) => check.outcome === 'fail').map((check) => check.id);
  const [facts, logged] = [locatedObservations(collected.observations, hashed), diagnose(sourcesOf(hashed, evidenceFolder), failed)];
  const explained = new Set([...facts.map(({ checkId }) => checkId), ...logged.flatMap(({ explains }) => explains)]);
  const silent = silentCauses(hints, failed.filter((id) => !explained.has(id)));
  const findings = rootCauses([...facts, ...silent], logged);
  const checks = withExcerpts(hashed, findings, evidenceFolder);
  const launches = readLaunches(run);
  const { server, services } = resources.context;
  return {
    schemaVersion,
    tool: {
      name: 'frostgate',
      version: ownVersion,
      commandLine: [...invocation.words, ...invocation.args],
      startedAt: clock.startedAt,
      endedAt: new Date().toISOString(),
      profile: options.profile,
      phases: clock.phases(),
      launches: {
        subject: launches.filter((launch) => launch.variant === 'subject').length,
        baseline: launches.filter((launch) => launch.variant === 'baseline').length,
        busyMs: busyMs(launches),
      },
      // Node gives kilobytes of 1024 bytes.
      peakResidentBytes: process.resourceUsage().maxRSS * 1024,
    },
    subject: describeSubject(inputs, checks, sha256After),
    contents,
    platform: await describeMachine(),
    server: server ? withoutNamespaces(server) : null,
    services: services.map(({ name, info: { version, origin } }) => ({ name, version, origin })),
    baseline: context.baseline ? describeBaseline(context.baseline) : null,
    baselineAbsent: inputs.baselineAbsent,
    contract: loaded ? { file: shownPath(loaded.file), sha256: loaded.sha256, worker: loaded.contract.worker } : null,
    expectedIds,
    checks,
    findings,
    measurements: [...collected.measurements],
    startUps: [...collected.startUps],
    memoryCourses: [...collected.memoryCourses],
    partial,
    interrupted,
    warnings: [...resources.problems, ...collected.errors, ...leaks],
    notVerified: notVerified({ inputs, resources, checks }),
    verdict: judge({
      checks,
      expectedIds,
      partial,
      interrupted,
      unhandledErrors: [...collected.errors, ...leaks],
      infrastructureErrors: resources.problems,
      subjectChanged: sha256After !== inputs.sha256Before,
      contractGiven: loaded !== undefined,
    }),
  };
}

function describeSubject(
  { context, sha256Before, mode }: Inputs, checks: readonly CheckResult[], sha256After: string | undefined,
): Report['subject'] {
  const { format, platforms, freezer, sizeBytes } = context.identity;
  const printed = checks.find((check) => check.id === 'artifact.version')?.note;
  return {
    file: shownPath(context.binary),
    sha256Before,
    ...(sha256After && { sha256After }),
    sizeBytes,
    mode,
    format,
    platforms: [...platforms],
    ...(freezer && { freezer }),
    ...(printed && { version: printed }),
  };
}

function describeBaseline({ directory, pythonVersion, lockSha256 }: NonNullable<Inputs['context']['baseline']>): Report['baseline'] {
  return { directory: shownPath(directory), pythonVersion, ...(lockSha256 && { lockSha256 }) };
}

function withoutNamespaces(
  { kind, address, serverVersion, cliVersion, origin, sha256 }: NonNullable<Resources['context']['server']>,
): Report['server'] {
  return { kind, address, serverVersion, ...(cliVersion && { cliVersion }), ...(origin && { origin }), ...(sha256 && { sha256 }) };
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Options } from '../cli/options.ts';
import { schemaVersion, type Report } from '../model/report.ts';
import { proveRemedies } from '../remedies/prove-remedies.ts';
import { inWordsOfBuild } from '../runtimes/pyinstaller/rebuild/build-form.ts';
import { hazardsOf } from '../runtimes/registry.ts';
import type { Containment } from '../system/containment.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { sha256OfFile } from '../system/tools/cache.ts';
import { secretsOf } from './canaries.ts';
import type { Clock } from './clock.ts';
import { described, describedRun } from './described.ts';
import type { Inputs } from './inputs.ts';
import { judged } from './judged.ts';
import { contentsOf } from './inspect/contents.ts';
import { moduleSetOf } from './module-set.ts';
import { lackOfRoom, withoutRoom } from './lack-of-room.ts';
import { notVerified } from './not-verified.ts';
import { redacted } from './publish/redact-files.ts';
import { hintsFor } from './read-hints.ts';
import type { Resources } from './resources.ts';
import type { Collected } from './suites/collect.ts';

type Parts = {
  readonly options: Options;
  readonly inputs: Inputs;
  readonly resources: Resources;
  readonly containment: Containment;
  readonly collected: Collected;
  readonly run: RunFolder;
  readonly clock: Clock;
  readonly evidenceFolder: string;
  readonly interrupted: string | null;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/** Makes a report of what was collected: redacted, judged, described and, where that is asked for, with its remedies tried. */
export async function assembleReport(parts: Parts): Promise<Report> {
  const report = await withoutProofs(parts);
  return parts.options.proveRemedy ? await withProofs(report, parts) : report;
}

async function withoutProofs(
  { options, inputs, resources, containment, collected, run, clock, evidenceFolder, interrupted }: Parts,
): Promise<Report> {
  const { binary, canaries, contract } = inputs.context;
  resources.keepLogs(evidenceFolder);
  const subject = await inputs.subject;
  // One that is damaged has no contents: the checks say so.
  const bundle = subject.bundle?.kind === 'opaque' ? undefined : subject.bundle;
  const hints = await hintsFor({ bundle, mentions: subject.mentions }, collected.checks, resources.context.eyes);
  const lack = lackOfRoom(resources.leastFreeBytes(), subject.bundle);
  const sha256After = await sha256OfFile(binary).catch(() => undefined);
  const folder = dirname(evidenceFolder);
  const withoutSecrets = await redacted(collected.checks, folder, secretsOf(canaries, resources.context.server));
  const judgement = judged({
    collected, redacted: { ...withoutSecrets, checks: withoutRoom(withoutSecrets.checks, lack) },
    hazards: await hazardsOf(subject.identity.runtime), hints,
    textOf: (path) => readFileSync(join(folder, path), 'utf8'), contract, hasPrevious: inputs.context.previous !== undefined,
    only: options.only, profile: options.profile, interrupted,
    problems: resources.problems, subjectChanged: sha256After !== subject.sha256, emulatedBy: inputs.context.emulation?.by,
  });
  const { baseline, named } = inputs.context;
  const findings = baseline === undefined ? judgement.findings : await inWordsOfBuild(judgement.findings, {
    baseline, binary: named, named: contract?.source,
  });
  return {
    schemaVersion,
    tool: describedRun(options.profile, run, clock, inputs.context.previous !== undefined),
    contents: bundle ? contentsOf(bundle) : null,
    ...(await described(inputs, resources, judgement.checks, subject.sha256, sha256After, containment)),
    ...judgement,
    findings,
    measurements: [...collected.measurements],
    ...(inputs.context.previous && { decisions: [...collected.decisions] }),
    startUps: [...collected.startUps],
    modules: moduleSetOf(collected.loadedAtStart, bundle),
    memoryCourses: [...collected.memoryCourses],
    ...(collected.endurance && { endurance: collected.endurance }),
    notVerified: notVerified({ inputs, resources, checks: judgement.checks, collision: collected.collision }),
  };
}

/** The report with what came of trying its remedies; checks and verdict stay as they were. */
async function withProofs(report: Report, { options, inputs, run, clock, evidenceFolder, signal, say }: Parts): Promise<Report> {
  const { baseline, named: binary, contract } = inputs.context;
  if (baseline === undefined) return report;
  clock.enter('remedies');
  const verification = { options, baseline: baseline.directory, contract: inputs.loaded?.file };
  const { findings, repaired } = await proveRemedies({
    baseline, binary, named: contract?.source, verification, findings: report.findings, evidenceFolder, run, signal, say,
    failed: report.checks.filter(({ outcome }) => outcome === 'fail'),
  });
  return { ...report, findings, ...(repaired && { repaired }), tool: { ...report.tool, endedAt: clock.endedAt, phases: clock.phases() } };
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Options } from '../cli/options.ts';
import { schemaVersion, type Report } from '../model/report.ts';
import { hazardsOf } from '../runtimes/registry.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { sha256OfFile } from '../system/tools/cache.ts';
import { secretsOf } from './canaries.ts';
import type { Clock } from './clock.ts';
import { insideOf } from './contents.ts';
import { described } from './described.ts';
import { describedRun } from './described-run.ts';
import type { Inputs } from './inputs.ts';
import { judged } from './judged.ts';
import { notVerified } from './not-verified.ts';
import { redacted } from './redacted.ts';
import type { Resources } from './resources.ts';
import type { Collected } from './suites/collect.ts';

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

/** Makes a report of what was collected: redacted, judged, described. */
export async function assembleReport(
  { options, inputs, resources, collected, run, clock, evidenceFolder, interrupted }: Parts,
): Promise<Report> {
  const { binary, canaries, contract } = inputs.context;
  resources.keepLogs(evidenceFolder);
  const subject = await inputs.subject;
  const { contents, hints } = insideOf(subject);
  const sha256After = await sha256OfFile(binary).catch(() => undefined);
  const folder = dirname(evidenceFolder);
  const withoutSecrets = await redacted(collected.checks, folder, secretsOf(canaries, resources.context.server));
  const judgement = judged({
    collected, redacted: withoutSecrets, hazards: await hazardsOf(subject.identity.runtime), hints, textOf: (path) =>
      readFileSync(join(folder, path), 'utf8'), contract,
    only: options.only, profile: options.profile, interrupted, problems: resources.problems,
    subjectChanged: sha256After !== subject.sha256,
  });
  return {
    schemaVersion,
    tool: describedRun(options.profile, run, clock),
    contents,
    ...(await described(inputs, resources, judgement.checks, subject.sha256, sha256After)),
    ...judgement,
    measurements: [...collected.measurements],
    startUps: [...collected.startUps],
    memoryCourses: [...collected.memoryCourses],
    notVerified: notVerified({ inputs, resources, checks: judgement.checks }),
  };
}

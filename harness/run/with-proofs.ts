import type { Options } from '../cli/options.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { proveRemedies } from '../remedies/prove-remedies.ts';
import type { Report } from '../model/report.ts';
import type { Clock } from './clock.ts';
import type { Inputs } from './inputs.ts';

export type Proving = {
  readonly options: Options;
  readonly inputs: Inputs;
  readonly run: RunFolder;
  readonly clock: Clock;
  readonly evidenceFolder: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/** The report with what came of trying its remedies; checks and verdict stay as they were. */
export async function withProofs(report: Report, { options, inputs, run, clock, evidenceFolder, signal, say }: Proving): Promise<Report> {
  const { baseline, binary, contract } = inputs.context;
  if (baseline === undefined) return report;
  clock.enter('remedies');
  const verification = { options, baseline: baseline.directory, contract: inputs.loaded?.file };
  const findings = await proveRemedies({
    baseline, binary, specNamed: contract?.source?.spec, verification, findings: report.findings, evidenceFolder, run, signal, say,
  });
  return { ...report, findings, tool: { ...report.tool, endedAt: new Date().toISOString(), phases: clock.phases() } };
}

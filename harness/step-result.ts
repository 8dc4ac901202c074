import { appendFileSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { exitCode } from './cli/exit-codes.ts';
import { verdictOutcome } from './model/report.ts';
import { platformId } from './system/platform.ts';

// The last line of action.yml: what a verification means for the step that ran it.

const verdictOf = z.object({ verdict: z.object({ outcome: verdictOutcome }) });

/** How a verification ended. */
export type Ending = {
  readonly status: number; // of the harness; above 128 a signal ended it
  readonly outcome: z.infer<typeof verdictOutcome> | undefined; // of its report; undefined when there is none that can be read
  readonly failOn: 'not-pass' | 'never'; // whether a verdict other than pass fails the step; a run without a usable report always does
};

/** The step's exit code, its verdict, and what is wrong with the report when it cannot be used. */
export type StepResult = { readonly exit: number; readonly verdict?: string; readonly problem?: string };

/** Exit code and report must say the same: a report that the run did not end with is handed to no one. */
export function stepResult({ status, outcome, failOn }: Ending): StepResult {
  if (outcome === undefined) return { exit: status || exitCode.inconclusive, problem: `the verification ended with exit code ${status} ` +
    'and left no report that can be read' };
  const interrupted = status > 128 && outcome !== 'pass';
  if (!interrupted && exitCode[outcome] !== status) {
    return { exit: status || exitCode.inconclusive, problem: `the verification ended with exit code ${status}, but its report says ` +
      `${outcome}: the report is not used` };
  }
  return { exit: failOn === 'never' && !interrupted ? 0 : status, verdict: outcome };
}

function readOutcome(file: string): Ending['outcome'] {
  try {
    return verdictOf.parse(JSON.parse(readFileSync(file, 'utf8'))).verdict.outcome;
  } catch {
    return undefined;
  }
}

function main([reportDir = '', status = '', failOn]: readonly string[]): void {
  const folder = posix.join(reportDir, platformId());
  const outcome = readOutcome(`${folder}/report.json`);
  const result = stepResult({ status: Number(status), outcome, failOn: failOn === 'never' ? 'never' : 'not-pass' });
  if (result.problem !== undefined) process.stderr.write(`::error::${result.problem}\n`);
  const outputs = process.env['GITHUB_OUTPUT'];
  if (outputs !== undefined && result.verdict !== undefined) appendFileSync(outputs, `verdict=${result.verdict}\nreport=${folder}\n`);
  process.exitCode = result.exit;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2));

import { join } from 'node:path';
import { reportSchema, type Report } from '../../harness/model/report.ts';
import { root, run } from './command.ts';

/** What a verification gave, and how to tell of it. */
export type Verified = { readonly report: Report; readonly told: string };

/** How the harness is started, if not as it is: by which command, and with which whole environment. */
export type Start = { readonly under?: readonly string[]; readonly env?: Readonly<Record<string, string | undefined>> };

/**
 * Runs the real harness with these options and reads the report that it prints.
 * @throws {Error} with the command and its last lines, when it leaves none.
 */
export async function verify(
  options: readonly string[], timeoutMs: number, signal: AbortSignal, { under = [], env }: Start = {},
): Promise<Verified> {
  const [program, ...args] = [...under, process.execPath, join(root, 'harness/main.ts'), ...options, '--json', '--quiet'];
  const { stdout, told } = await run(program, args, { timeoutMs, signal, ...(env && { env }) });
  if (!stdout) throw new Error(`there is no report\n${told}`);
  const report = reportSchema.parse(JSON.parse(stdout));
  const verdict = `${report.verdict.outcome}: ${report.verdict.sentence}`;
  return { report, told: [told.split('\n', 1)[0], verdict, ...told.split('\n').slice(-6).filter((line) => line.length < 400)].join('\n') };
}

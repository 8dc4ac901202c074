import { appendFile, stat } from 'node:fs/promises';
import { messageOf } from '../model/errors.ts';

/** GitHub refuses all of a step's summary above 1,024 KiB. */
const largestSummaryBytes = 1024 * 1024 - 1;

/**
 * Under GitHub Actions (GITHUB_ACTIONS is `true`), tells the runner what came out: `annotations` (workflow commands) through `write`,
 * and `summary` (Markdown) at the end of the file that GITHUB_STEP_SUMMARY names. Does nothing elsewhere.
 * A summary that cannot be written gets one sentence through `write` and is no error: it must not change the verdict.
 */
export async function tellGitHub(
  { annotations, summary }: { annotations: string; summary: string },
  environment: NodeJS.ProcessEnv,
  write: (text: string) => void,
): Promise<void> {
  if (environment['GITHUB_ACTIONS'] !== 'true') return;
  if (annotations !== '') write(annotations.endsWith('\n') ? annotations : `${annotations}\n`);
  const problem = await appendSummary(summary, environment['GITHUB_STEP_SUMMARY']);
  if (problem !== undefined) write(`warning: the job summary was not written (${problem}); it stands as summary.md beside the other ` +
    `files.\n`);
}

/** Returns what went wrong. */
async function appendSummary(summary: string, file: string | undefined): Promise<string | undefined> {
  if (file === undefined || file === '') return 'GITHUB_STEP_SUMMARY is not set';
  try {
    // What stands there may end within a line.
    const text = `\n${summary}\n`;
    const sizeBytes = await stat(file).then(({ size }) => size, () => 0);
    if (sizeBytes + Buffer.byteLength(text) > largestSummaryBytes) return 'with what other commands of this step wrote, it ' +
      'would be above the 1,024 KiB that GitHub takes';
    await appendFile(file, text);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

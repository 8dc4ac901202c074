import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { InfrastructureError } from '../model/errors.ts';
import { noteMark, type RunFolder } from '../system/launch/run-folder.ts';
import { marked, newLaunchMark } from '../system/processes/marks.ts';

/** The reference agent-runner: what is verified when no executable is named. */
export const referenceProject: string = fileURLToPath(new URL('../../fixtures/agent-runner/', import.meta.url));

/** Where its build puts the executable. */
export const referenceBinary: string = fileURLToPath(new URL('../../fixtures/agent-runner/dist/agent-runner', import.meta.url));

/** Builds the reference where it is not up to date, in two minutes the first time. @throws {InfrastructureError} in the build's words. */
export async function buildReference(say: (line: string) => void, signal: AbortSignal, run: RunFolder): Promise<void> {
  const mark = newLaunchMark();
  const forgetMark = noteMark(run, mark);
  const { file, args, variables, begun } = marked(mark, 'bash', ['build.sh']);
  const building = execa(
    file, args, { cwd: referenceProject, all: true, reject: false, stdin: 'ignore', cancelSignal: signal, env: variables },
  );
  if (building.pid !== undefined) begun(building.pid);
  let lastLines: string[] = [];
  for await (const line of building.iterable({ from: 'all' })) {
    lastLines = [...lastLines, line].slice(-12);
    if (!/^\d+ (INFO|WARNING)|^\s/.test(line)) say(line);
  }
  const { exitCode } = await building;
  forgetMark();
  if (exitCode === 0) return;
  throw new InfrastructureError(`the reference agent-runner could not be built (exit code ${exitCode}):\n${lastLines.join('\n')}`);
}

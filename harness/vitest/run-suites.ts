import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';
import { messageOf } from '../errors.ts';
import type { Progress } from '../cli/progress.ts';
import type { Signals } from '../cli/signals.ts';
import { collect, type Collected } from './collect.ts';
import { ProgressReporter } from './progress-reporter.ts';
import type { RunContext } from './run-context.ts';

/** Nothing is written beside the code: installed, it may belong to somebody else. */
const withoutTraces = { cache: false, fsModuleCache: false } as const;

/** Runs every suite against the subject and collects what they found. */
export async function runSuites(context: RunContext, progress: Progress, signals: Signals): Promise<Collected> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const vitest = await createVitest(
    'test',
    { root, configLoader: 'native', ...withoutTraces, project: ['suites'], watch: false, provide: { run: context }, reporters: [new ProgressReporter(progress, context.only)] },
    {},
    // vitest's own text goes where our progress goes; stdout carries data only.
    { stdout: process.stderr, stderr: process.stderr },
  );
  try {
    signals.takeOver(); // vitest and vite have just installed handlers that exit at once
    const cancel = (): void => void vitest.cancelCurrentRun('keyboard-input');
    signals.aborted.addEventListener('abort', cancel);
    if (signals.aborted.aborted) return { checks: [], measurements: [], startUps: [], memoryCourses: [], errors: [] };
    const { testModules, unhandledErrors } = await vitest.start(context.only.map((area) => `-${area}.suite.ts`));
    return collect(testModules, unhandledErrors);
  } catch (error) {
    // The report is written all the same, and says that no check ran.
    return { checks: [], measurements: [], startUps: [], memoryCourses: [], errors: [messageOf(error)] };
  } finally {
    await vitest.close();
    progress.clear();
  }
}

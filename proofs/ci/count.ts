import { z } from 'zod';

// What a run of the CI came to, from what the runners themselves wrote: nothing is read out of a log.

/** One step of .ci/run. `result` is the text of the file that its runner writes; undefined for a step that has none. */
export type Step = {
  readonly name: string;
  readonly status: number;
  readonly seconds: number;
  readonly result?: { readonly kind: 'vitest' | 'report'; readonly text: string | undefined };
};

/** How many tests, checks and steps without tests there were of each kind. */
export type Count = { readonly passed: number; readonly failed: number; readonly skipped: number };

const vitestResult = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numTotalTests: z.number(),
  testResults: z.array(z.object({
    name: z.string(), status: z.string(), startTime: z.number(), endTime: z.number(),
    message: z.string().optional(),
    assertionResults: z.array(z.object({
      status: z.string(), fullName: z.string().optional(), failureMessages: z.array(z.string()).nullish(),
    })),
  })),
});
const report = z.object({ checks: z.array(z.object({ outcome: z.string() })) });

/** Parses vitest's JSON. @throws {Error} when it is none. */
export function readVitest(text: string): z.infer<typeof vitestResult> {
  return vitestResult.parse(JSON.parse(text));
}

/** Every test that failed by its name, and every file that did without one, with what it said; a log is long, and its end is read. */
export function failuresOf({ testResults }: ReturnType<typeof readVitest>): { readonly name: string; readonly said: string }[] {
  return testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0) return file.status === 'failed' ? [{ name: file.name, said: file.message ?? '' }] : [];
    return failed.map(({ fullName = file.name, failureMessages }) => ({ name: fullName, said: failureMessages?.join('\n') ?? '' }));
  });
}

/** A failure that no test stands for counts too: a file that could not be loaded, a runner that wrote nothing or ended badly. */
export function countStep({ status, result }: Step): Count {
  const bad = { passed: 0, failed: 1, skipped: 0 };
  if (result === undefined) return status === 0 ? { ...bad, passed: 1, failed: 0 } : bad;
  try {
    const count = result.kind === 'vitest' ? countVitest(result.text ?? '') : countReport(result.text ?? '');
    const some = count.passed + count.failed > 0;
    return (status !== 0 || !some) && count.failed === 0 ? { ...count, failed: 1 } : count;
  } catch {
    return bad;
  }
}

function countVitest(text: string): Count {
  const { numPassedTests: passed, numFailedTests, numTotalTests, testResults } = readVitest(text);
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  return { passed, failed: numFailedTests + broken.length, skipped: numTotalTests - passed - numFailedTests };
}

/** What a check could not judge is not passed. */
function countReport(text: string): Count {
  const outcomes = report.parse(JSON.parse(text)).checks.map(({ outcome }) => outcome);
  const of = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
  return { passed: of('pass'), failed: outcomes.length - of('pass') - of('not-applicable'), skipped: 0 };
}

/** The closing line of .ci/run. */
export function closingLine(steps: readonly Step[]): { readonly line: string; readonly failed: boolean } {
  const counts = steps.map(countStep);
  const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
  const skipped = sum('skipped');
  const line = `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return { line, failed: sum('failed') > 0 };
}

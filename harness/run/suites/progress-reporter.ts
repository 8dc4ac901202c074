import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Progress } from '../../cli/progress.ts';
import type { CheckResult } from '../../model/report.ts';

/** Turns vitest's events into progress: the check that runs, and one line for each finished area. */
export class ProgressReporter implements Reporter {
  readonly #progress: Progress;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  onTestCaseReady(test: TestCase): void {
    this.#progress.show(test.name);
  }

  onTestModuleEnd(module: TestModule): void {
    const results = [...module.children.allTests()].flatMap((test) => test.meta().check ?? []);
    for (const [area, own] of Map.groupBy(results, (result) => result.area)) {
      const bad = own.filter((result) => result.outcome === 'fail').map((result) => result.id);
      const which = bad.length > 0 ? `: ${bad.slice(0, 3).join(', ')}${bad.length > 3 ? ', …' : ''}` : '';
      this.#progress.say(`${area.padEnd(13)} ${counts(own)}${which}`);
    }
  }
}

function counts(results: readonly Pick<CheckResult, 'outcome'>[]): string {
  const words = [
    ['pass', 'passed'], ['fail', 'failed'], ['inconclusive', 'could not be judged'], ['not-applicable', 'not applicable'],
  ] as const;
  const parts = words.map(([outcome, word]) => [results.filter((result) => result.outcome === outcome).length, word] as const);
  return parts.flatMap(([count, word]) => (count > 0 ? `${count} ${word}` : [])).join(', ');
}

import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Progress } from '../../cli/progress.ts';
import type { CheckResult } from '../../model/report.ts';

/** Turns vitest's events into progress: the check that runs, and one line for each finished area. */
export class ProgressReporter implements Reporter {
  readonly #progress: Progress;
  readonly #only: readonly string[];

  constructor(progress: Progress, only: readonly string[]) {
    this.#progress = progress;
    this.#only = only;
  }

  onTestCaseReady(test: TestCase): void {
    this.#progress.show(test.name);
  }

  onTestModuleEnd(module: TestModule): void {
    const results = [...module.children.allTests()].flatMap((test) => test.meta().check ?? []);
    const [first] = results;
    if (first === undefined || (this.#only.length > 0 && !this.#only.includes(first.area))) return;
    const bad = results.filter((result) => result.outcome === 'fail').map((result) => result.id);
    this.#progress.say(`${first.area.padEnd(13)} ` +
      `${counts(results)}${bad.length > 0 ? `: ${bad.slice(0, 3).join(', ')}${bad.length > 3 ? ', …' : ''}` : ''}`);
  }
}

function counts(results: readonly Pick<CheckResult, 'outcome'>[]): string {
  const words = [
    ['pass', 'passed'], ['fail', 'failed'], ['inconclusive', 'could not be judged'], ['not-applicable', 'not applicable'],
  ] as const;
  const parts = words.map(([outcome, word]) => [results.filter((result) => result.outcome === outcome).length, word] as const);
  return parts.flatMap(([count, word]) => (count > 0 ? `${count} ${word}` : [])).join(', ');
}

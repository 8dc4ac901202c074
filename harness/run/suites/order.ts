import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Runs the suites in the order of their file names; vitest's own order puts last time's failures first. */
export class NamedOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => a.moduleId.localeCompare(b.moduleId, 'en'));
  }
}

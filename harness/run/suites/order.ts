import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Runs the suites in the order of their file names; vitest's own order puts last time's failures first. FROSTGATE_SUITE_ORDER=05,03,…
 * names another one by the beginnings of their names: what it leaves out comes last, and behind everything what looks at the whole run.
 */
export class NamedOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = (process.env['FROSTGATE_SUITE_ORDER'] ?? '').split(',').filter((part) => part !== '');
    const place = ({ moduleId }: TestSpecification): number => {
      if (basename(moduleId).includes('-closing.suite.')) return Infinity;
      const index = order.findIndex((part) => basename(moduleId).startsWith(part));
      return index === -1 ? order.length : index;
    };
    return files.toSorted((a, b) => Math.sign(place(a) - place(b)) || a.moduleId.localeCompare(b.moduleId, 'en'));
  }
}

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { NamedOrder } from './harness/run/suites/order.ts';

export default defineConfig({
  test: {
    pool: 'threads',
    allowOnly: false,
    retry: 0,
    includeTaskLocation: true,
    sequence: { sequencer: NamedOrder },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['harness/**/*.test.ts', 'proofs/**/*.test.ts'],
          globalSetup: ['proofs/built-fixtures.testing.ts'],
          // No module keeps a variable, so files may share what one of them has loaded.
          isolate: false,
          // Many tests start the same commands: Node keeps what it made of their modules.
          env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.compile-cache') },
          // Some wait for what takes its time, and need no CPU meanwhile.
          maxWorkers: availableParallelism() + 1,
          testTimeout: 30_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'proofs',
          include: ['proofs/**/*.proof.ts'],
          // One after the other: most of them measure. What may share the machine says so, two at a time.
          fileParallelism: false,
          maxConcurrency: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 3 },
          taskTitleValueFormatTruncate: 0,
          // Its JSON is imported as bundlers do it.
          server: { deps: { inline: ['@actions/workflow-parser'] } },
        },
      },
    ],
  },
});

import { expect, test } from 'vitest';
import { libc } from './libc-linux.ts';

test.runIf(process.platform === 'linux')('the C library is there: without it processes are marked by a variable only', () => {
  expect(libc).toBeDefined();
});

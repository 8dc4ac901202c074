import { expect, test } from 'vitest';
import { lastWordsIn } from './emulator-fault.ts';

test.each([
  "qemu-aarch64-static: Could not open '/lib/ld-linux-aarch64.so.1': No such file or directory",
  'qemu: uncaught target signal 11 (Segmentation fault) - core dumped', 'qemu: unhandled CPU exception 0x1 - aborting',
  'wine: Unimplemented function pdh.dll.PdhEnumObjectsW called at address 0x1', 'rosetta error: failed to open elf at /lib64/ld.so',
])('an emulator that cannot go on: %s', (line) => {
  expect(lastWordsIn(`INFO started\n${line}\nmore`)).toBe(line);
});

test.each([
  'qemu: uncaught target signal 6 (Aborted) - core dumped', 'qemu: uncaught target signal 15 (Terminated)',
  'INFO the agent starts qemu-aarch64: yes', 'ModuleNotFoundError: No module named qemu',
])('what a worker does by itself: %s', (line) => {
  expect(lastWordsIn(`INFO started\n${line}\n`)).toBeUndefined();
});

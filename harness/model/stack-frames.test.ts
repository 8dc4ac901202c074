import { expect, test } from 'vitest';
import { isV8Frame, withoutFrames } from './stack-frames.ts';

const thrown = [
  'worker: PrebuildError: No prebuilt module found at /opt/w/releases/x86_64-unknown-linux-gnu/index.node',
  '    at getPrebuiltPath (build/main.cjs:3:31059)', '    at build/main.cjs:23:124484', '    at new Promise (<anonymous>)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:103:5)', '    at async main (/a folder/main.cjs:138:854) {',
  "  code: 'ENOENT'", '}',
];

test('what went wrong in JavaScript stands above its frames', () => {
  expect(withoutFrames(thrown)).toEqual([thrown[0], "  code: 'ENOENT'", '}']);
  expect(thrown.filter(isV8Frame)).toHaveLength(5);
});

test('and so it does in Go', () => {
  const lines = [
    'panic: assignment to entry in nil map', '', 'goroutine 1 [running]:', 'main.run({0x7ffd, 0x1})', '\t/src/parcels/worker.go:31 +0x1d',
    'main.main()', '\t/src/parcels/main.go:12 +0x2f', 'exit status 2',
  ];
  expect(withoutFrames(lines)).toEqual(['panic: assignment to entry in nil map', '', 'goroutine 1 [running]:', 'exit status 2']);
});

test('other lines stay', () => {
  const lines = [
    'started at 12:30:45', '  at 12:30:45 it stopped', 'at home (10:20)', '  File "a.py", line 3, in run', '    look at main.cjs',
  ];
  expect(withoutFrames(lines)).toEqual(lines);
});

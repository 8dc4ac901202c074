import { expect, test } from 'vitest';
import { isTraceback } from './traceback.ts';

test.each([
  'Traceback (most recent call last):',
  '  + Exception Group Traceback (most recent call last):',
  '╭───────────── Traceback (most recent call last) ──────────────╮',
  '  File "/app/main.py", line 3, in <module>',
  'WARN metrics: File "agent_runner/metrics.py", line 12, in configure',
  String.raw`{"event":"metrics","exception":"Traceback (most recent call last):\n  File \"a.py\", line 3, in run\nRuntimeError: x"}`,
  '{"exception":[{"exc_type":"RuntimeError","exc_value":"x","frames":[]}]}',
  '{"exc_type": "RuntimeError"}',
  '--- Logging error ---',
  'Fatal Python error: Segmentation fault',
  'Segmentation fault (core dumped)',
  'goroutine 1 [running]:',
  'goroutine 34 [chan receive, 2 minutes]:',
])('%s', (line) => {
  expect(isTraceback(line)).toBe(true);
});

test.each([
  'ERROR REPORTING   enabled: fatal errors go to stderr, with a Traceback',
  'TRACEBACKS   "Traceback (most recent call last):" is what you would see here',
  'Traceback (most recent call last) is shown in full with LOG_LEVEL=DEBUG',
  'no Segmentation fault so far, no Fatal Python error: fine',
  '{"event":"error handling","errors":0,"exception":null,"traceback":"short"}',
  'reading File "settings.toml", line 3: ok',
  '0 errors, 0 failed, 0 panics',
  'started goroutine 3 [worker]: fine',
])('not: %s', (line) => {
  expect(isTraceback(line)).toBe(false);
});

import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Progress } from './progress.ts';

/** What a terminal of 30 columns is sent, without what clears its line. */
function shown(line: string): string {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 30 }) as unknown as NodeJS.WriteStream;
  new Progress({ stream: terminal, quiet: false }).show(line);
  return String(terminal.read()).replace('\r\u001B[2K', '');
}

test('the live line fits its terminal, also with wide letters, and no letter is cut in two', () => {
  expect(shown('startup.ready')).toBe('   0 s startup.ready');
  expect(shown('日本語のワーカーがポーリングを始めるまで')).toBe('   0 s 日本語のワーカーがポ…');
  expect(shown('👩‍👩‍👧‍👦'.repeat(20))).toBe(`   0 s ${'👩‍👩‍👧‍👦'.repeat(10)}…`);
});

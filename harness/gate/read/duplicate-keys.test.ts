import { expect, test } from 'vitest';
import { keyFault } from './duplicate-keys.ts';

const twice = (key: string) => `a key occurs twice in it (${key}), so that it says two things`;

test.each([
  ['{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}', undefined],
  ['{"a":"a","b":["a","a"],"c":"\\"a\\":1,\\\\"}', undefined],
  ['{"a":"{\\"b\\":1,\\"b\\":2}"}', undefined],
  ['{"a":1,"a":2}', twice('a')],
  ['{"x":[{"a":1 , "b":{"c":[]},\n"a"\t:2}]}', twice('a')],
  ['{"a\\u0062":1,"ab":2}', twice('ab')],
  ['{"a\\"":1,"a\\u0022":2}', twice('a"')],
  ['{"__proto__":1,"__proto__":2}', twice('__proto__')],
  ['"a"', undefined],
])('keys of %s', (text, fault) => {
  JSON.parse(text);
  expect(keyFault(text)).toBe(fault);
});

test('deep nesting is refused and does not end the process', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  expect([keyFault(nested(100)), keyFault(nested(1_000_000))]).toEqual([undefined, 'it is nested deeper than 100 levels, which no ' +
    'report is']);
});

test('a text of four megabytes takes about four times the CPU of one of a megabyte, not sixteen times', () => {
  const textOf = (count: number): string => JSON.stringify(
    Array.from({ length: count }, (_, number) => ({ id: `execution.${number}`, title: 'x'.repeat(120), line: '\\"\n', values: [1, 2, 3] })),
  );
  // The CPU of this thread alone: what else runs counts for nothing. Of many goes, for some systems count it in ticks of 10 ms.
  const micros = (text: string): number => {
    const start = process.threadCpuUsage();
    for (let go = 0; go < 20; go += 1) expect(keyFault(text)).toBeUndefined();
    return process.threadCpuUsage(start).user;
  };
  const [one, four] = [textOf(5_000), textOf(20_000)];
  expect(one.length).toBeGreaterThan(900_000);
  micros(one); // compiled by then
  expect(micros(four) / micros(one)).toBeLessThan(10);
});

import { expect, test } from 'vitest';
import { runPython } from '../bundles.testing.ts';
import { readMarshalled, type Marshalled } from './marshal.ts';

// CPython's own marshal is the authority. Its version 4 shares equal objects through references, version 0 does not.
async function dumped(expression: string, version: number): Promise<Buffer> {
  return Buffer.from(await runPython(['-c', `import marshal; print(marshal.dumps(${expression}, ${version}).hex())`]), 'hex');
}

test.each([
  ['[]', []],
  ['[None, True, False, 0, -1, 2**31 - 1, -2**31]', [null, true, false, 0, -1, 2_147_483_647, -2_147_483_648]],
  ['["a", "é", "日本", "x" * 300, "a"]', ['a', 'é', '日本', 'x'.repeat(300), 'a']],
  ['("a", ("a", "b"), [("a", "b")] * 3)', ['a', ['a', 'b'], [['a', 'b'], ['a', 'b'], ['a', 'b']]]],
  ['tuple(range(300))', Array.from({ length: 300 }, (_, index) => index)],
  ['[(f"package.m{i}", (i % 2, i * 1000, 100)) for i in range(3)]', [0, 1, 2].map(
    (index) => [`package.m${index}`, [index % 2, index * 1000, 100]],
  )],
])('%s', async (expression, expected) => {
  for (const version of [0, 2, 3, 4]) expect(readMarshalled(await dumped(expression, version))).toStrictEqual(expected);
});

test('a dictionary keeps its order, bytes are bytes', async () => {
  const read = readMarshalled(await dumped('{"b": (1, 2), "a": b"\\x00\\xff"}', 4));
  expect(read).toStrictEqual([['b', [1, 2]], ['a', Buffer.from([0, 255])]]);
});

test('a list that holds itself is read without end', () => {
  const read: Marshalled = readMarshalled(Buffer.from([0x80 + 0x5b, 1, 0, 0, 0, 0x72, 0, 0, 0, 0]));
  expect(Array.isArray(read) && read[0] === read).toBe(true);
});

test.each(['compile("1", "x", "exec")', '1.5', '2**40', '{1, 2}', '...'])('%s is refused', async (expression) => {
  const bytes = await dumped(expression, 4);
  expect(() => readMarshalled(bytes)).toThrow(/^a marshalled value at byte 0 has the unexpected type "."$/);
});

import { expect, test } from 'vitest';
import { parseModuleInfo } from './build-info.ts';

test('modules, what replaces them, and settings in their order', () => {
  expect(parseModuleInfo([
    'path\texample.com/worker/serve', 'mod\texample.com/worker\tv1.2.0\th1:abc=',
    'dep\texample.com/one\tv0.1.0', '=>\t./one\t(devel)\t', 'dep\texample.com/two\tv2.0.0+incompatible\th1:def=',
    'build\t-compiler=gc', 'build\tvcs.modified=true', 'build\tCGO_CFLAGS=', 'a line of a later Go', '',
  ].join('\n'))).toStrictEqual({
    path: 'example.com/worker/serve',
    main: { path: 'example.com/worker', version: 'v1.2.0', sum: 'h1:abc=' },
    dependencies: [
      { path: 'example.com/one', version: 'v0.1.0', replacedBy: { path: './one', version: '(devel)' } },
      { path: 'example.com/two', version: 'v2.0.0+incompatible', sum: 'h1:def=' },
    ],
    settings: [['-compiler', 'gc'], ['vcs.modified', 'true'], ['CGO_CFLAGS', '']],
  });
  expect(parseModuleInfo('')).toStrictEqual({ dependencies: [], settings: [] });
});

// As strconv.Quote writes them.
test.each([
  ['a="b c"', ['a', 'b c']],
  ['"a b"=`c "d"`', ['a b', 'c "d"']],
  [String.raw`a="\"\\\n\t\a\x01é\u00e9\U0001f600"`, ['a', '"\\\n\t\x07\x01éé😀']],
  [String.raw`a="\U7fffffff\u00zz"`, ['a', '\u{10ffff}\uFFFD']], // Go would refuse it
  ['a=b=c', ['a', 'b=c']],
])('the setting %s', (line, setting) => {
  expect(parseModuleInfo(`build\t${line}\n`).settings).toStrictEqual([setting]);
});

test.each([
  'build\ta', 'build\t=a', 'build\ta b=c', 'build\ta="b', 'build\t', 'dep\ta', 'mod\ta\tb\tc\td', '=>\ta\tb\tc',
])('%j is refused', (line) => {
  expect(() => parseModuleInfo(`${line}\n`)).toThrow(
    /^the Go build info replaces|^a (module|setting) in the Go build info has no|^a setting/,
  );
});

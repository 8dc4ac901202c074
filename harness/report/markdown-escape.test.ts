import { expect, test } from 'vitest';
import { code, fenced, fileLink, plain, table } from './markdown-escape.ts';

test.for([
  ['a | b \\| c', 'a &#124; b \\\\&#124; c'],
  ['<script>&amp;', '&lt;script&gt;&amp;amp;'],
  ['two\nlines\u001B[2K\u202E', 'two lines'],
  ['`tick` *bold* [link](x) ~~no~~', '\\`tick\\` \\*bold\\* \\[link\\](x) \\~\\~no\\~\\~'],
  ['__builtins__.open and execute_agent', '\\_\\_builtins\\_\\_.open and execute_agent'],
  ['https://evil.example and www.evil.example', 'https&#58;//evil.example and www&#46;evil.example'],
])('plain %j', ([text, expected]) => {
  expect(plain(text ?? '')).toBe(expected);
});

test('code is a span where a span can hold it', () => {
  expect(code('startup.ready')).toBe('`startup.ready`');
  expect(code('a`|b')).toBe('<code>a\\`&#124;b</code>');
});

test('a fence is longer than any run of backticks inside', () => {
  expect(fenced('a\n````\nb')).toBe('`````text\na\n````\nb\n`````');
});

test('links and tables', () => {
  expect(fileLink('a]b', 'evidence/x y/(1)|.json')).toBe('[a\\]b](evidence/x%20y/%281%29%7C.json)');
  expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
});

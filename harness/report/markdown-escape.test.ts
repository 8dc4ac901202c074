import { expect, test } from 'vitest';
import { readMarkdown } from './formats/read-markdown.testing.ts';
import { code, fenced, fileLink, plain, plainInElement, plainOrDash, table } from './markdown-escape.ts';

test.for([
  ['a | b \\| c', 'a &#124; b \\\\&#124; c'],
  ['<script>&amp;', '&lt;script&gt;&amp;amp;'],
  ['two\nlines\u001B[2K\u202E', 'two lines'],
  ['`tick` *bold* [link](x) ~~no~~', '\\`tick\\` \\*bold\\* \\[link\\](x) \\~\\~no\\~\\~'],
  ['__builtins__.open and execute_agent', '\\_\\_builtins\\_\\_.open and execute_agent'],
  ['https://evil.example and _www.evil.example', 'https&#58;//evil.example and \\_www&#46;evil.example'],
  ['@octocat, a@evil.example, #12 and gh-3, not # 1', '@&#8203;octocat, a@&#8203;evil.example, #&#8203;12 and gh-&#8203;3, not # 1'],
  ['1.70 s', '1.70 s'],
  ['1. one', '1\\. one'],
  ['::error::x', '&#58;:error::x'],
  ['$x$ and $`y`$', '\\$x\\$ and \\$\\`y\\`\\$'],
])('plain %j', ([text, expected]) => {
  expect(plain(text ?? '')).toBe(expected);
});

// What starts a block, or makes a link, on a line of its own, in a table cell and in a list.
test.for([
  '# head', '- item', '+ item', '* item', '1. one', '12) two', '> quote', '---', '===', '***', '___', '```js', '~~~', '| a | b |',
  '[^1]: note', '[x]: y', '[^1]',
  '![x](y)', '[x](javascript:alert(1))', '<https://evil.example>', 'https://evil.example', '_www.evil.example', '(www.evil.example',
  'a@evil.example', 'mailto:a@b.example',
  '<!-- x', '<details open>', '&lt;b&gt;', '~~a~~', '- [x] done', '**a**', 'a\\', '\\', 'a\u00A0|', '<br', '`', '``', '$$x$$', '<?php',
  '<![CDATA[', '    code', '\u200B# a', 'xmpp:a@b.example',
])('the reader sees only text in %j', (text) => {
  const around = (shown: string) => `# h\n\n${shown}\n\nparagraph\n\n- ${shown}\n- ` +
    `b\n\n${table(['a', 'b'], [[shown, code(text)], ['c', '`d`']])}\n\n### x: ${shown}`;
  const { elements, links, html } = readMarkdown(around(plain(text)));
  expect(elements).toEqual(readMarkdown(around('word')).elements);
  expect(links).toEqual([]);
  expect(html).not.toContain('<!--');
});

test('what is hidden behind an empty text', () => {
  expect([plainOrDash('\u0000'), plainOrDash('a'), plainInElement('')]).toEqual(['–', 'a', '–']);
  expect(plainInElement('<b> @x `y`')).toBe('&lt;b&gt; @&#8203;x `y`');
});

test('code is a span where a span can hold it', () => {
  expect(code('startup.ready')).toBe('`startup.ready`');
  expect(code('a`|b')).toBe('<code>a\\`&#124;b</code>');
});

test('a fence is longer than any run of backticks inside, and no line commands the runner', () => {
  expect(fenced('a\n````\nb')).toBe('`````text\na\n````\nb\n`````');
  expect(fenced('::error::x\n##[group]y\n')).toBe('```text\n: :error::x\n## [group]y\n```');
});

test('links and tables', () => {
  expect(fileLink('a]b', 'evidence/x y/(1)|.json')).toBe('[a\\]b](evidence/x%20y/%281%29%7C.json)');
  expect(fileLink('\u0000', 'evidence/x')).toBe('[file](evidence/x)');
  expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
});

test.for([
  ['//evil.example/x', '[t](evil.example/x)'],
  ['\\\\evil.example\\x', '[t](evil.example/x)'],
  ['evidence/../../x', '[t](evidence/x)'],
  ['javascript:alert(1)', '[t](javascript%3Aalert%281%29)'],
  ['\uD800\u0000\u202E', '[t](%EF%BF%BD%00%E2%80%AE)'],
  ['a'.repeat(5000), `[t](${'a'.repeat(4096)})`],
])('a link to %j stays below the folder', ([path = '', expected]) => {
  expect(fileLink('t', path)).toBe(expected);
});

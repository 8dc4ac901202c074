import * as fc from 'fast-check';

/** What has broken a reader somewhere: markup, terminal sequences, control characters, marks that reorder text, commands of CI runners. */
const fragments = [
  '<script>alert(1)</script>', '</failure>', '</summary></details>', '<details open>', '<!--', '-->', '<img src=x onerror=alert(1)>', '<b',
  '&lt;b&gt;', '&#60;', ']]>', '<![CDATA[', '<?xml?>', '"', "'", '\\', '$&', "$'", '$1',
  '\u001B[2J', '\u001B]0;owned\u0007', '\u009B1m', '\u001B]8;;https://evil.example\u001B\\', '\u0000', '\u0008', '\u007F', '\u0085',
  '\u2028', '\r', '\r\n', '\n', '\n\n', '\t', '\uFFFE', '\uFEFF', '\uD800', '\uDC00',
  '\u202E', '\u2066', '\u200F', '\u061C', '\u200B', '\u00AD', '\u00A0', '\u3000', '\u{E0041}', 'شلوم עברית', '🚀', '👩‍👩‍👧', 'e\u0301',
  'ümläut', '表',
  '\n\u00A0::error::owned', '\n\u3000 ::error::owned', '\n\u00AD::error::owned', ' ::error::owned', '::error::owned',
  '::error file=a,line=1::x', '::set-env name=A::b', '::stop-commands::x', '::add-mask::a', ':', '::', '##[error]x',
  '##[add-matcher]a.json', '##vso[task.complete result=Succeeded;]', '##teamcity[x]', '#', '##', '%0A::error::x', '%25', ',', ':line=1',
  '`', '``', '```', '````', '```mermaid\ngraph TD', '~~~', '```\n# head', '|', '\\|', '| a | b |\n| - | - |', '*', '**', '_', '__', '~~',
  '~', '# head', '- item', '+ item', '1. one', '2) two', '> quote', '---', '===', '***', '    code',
  '[x](javascript:alert(1))', '![x](https://evil.example/x.png)', '[x]: https://evil.example', '[^1]', '[^1]: note',
  '[[ATTACHMENT|/etc/passwd]]', '<https://evil.example>', 'https://evil.example', 'http://evil.example', 'www.evil.example',
  '_www.evil.example', 'a@evil.example', '@octocat', '@org/team', '#1', 'GH-2', 'o/r#3',
  '$x$', '$$x$$', '$`x`$', '- [x] done', '> [!NOTE]', ':white_check_mark:', '../../etc', '//evil.example/', 'C:\\x', 'PASSED', 'pass',
  'not-applicable', '__proto__', 'constructor', 'ms', 'bytes', '–',
];

/** Up to eight of them, with words and arbitrary code points between; often nothing at all. */
export const hostileText = fc
  .array(fc.oneof({
    weight: 6, arbitrary: fc.constantFrom(...fragments),
  }, fc.constantFrom(' ', 'word', '.', ''), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 8 })
  .map((parts) => parts.join(''));

/** A text of a million characters, of one fragment or of two in turn. */
export const longText = fc.tuple(fc.constantFrom(...fragments), fc.constantFrom(...fragments, '')).map(
  ([one, two]) => (one + two).repeat(Math.ceil(1_000_000 / (one + two).length)),
);

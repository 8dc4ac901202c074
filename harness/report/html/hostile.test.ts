import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../model/report.ts';
import { forbidden } from '../sample-hostile.testing.ts';
import { htmlReport } from './page.ts';
import { readPage } from './read-page.testing.ts';
import { failingRun, inconclusiveRun } from './samples/runs.testing.ts';

/** What attacks a page, a style sheet, an attribute, a link or a terminal. */
const weapons = [
  '</style>', '</title>', '</script>', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<!--', '-->',
  '<![CDATA[', ']]>', '"', "'", '" onclick="x()', '&', '&lt;', '&#0;', '<', '>', '`', '=', 'javascript:alert(1)', 'https://example.org/',
  '//example.org', '../', './', '/', '\\', '.', '\n', '\r', '\t', '\u0000', '\u001B[2J', '\u001B]0;owned\u0007', '\u202E', '\u2066',
  '\uFEFF', '\uFFFF', '\uD800', '\uDC00', '\u2028', '💥', '{{x}}', '$&', '%', 'é',
];

const payload = array(
  oneof(constantFrom(...weapons), string({ unit: 'binary', maxLength: 6 })), { maxLength: 8 },
).map((parts) => parts.join(''));

/** Text of the same shape that attacks nobody: what the page takes apart (ids at dots, paths at slashes) stays. */
const harmless = (text: string): string => text.replace(/[^./]/gs, 'x');

const isEnum = new Set([
  'area', 'outcome', 'variant', 'unit', 'sha256', 'sha256Before', 'sha256After', 'startedAt', 'endedAt', 'profile', 'kind', 'schemaVersion',
]);

/** Every free text of a report, changed; those with a fixed set of values stay. */
function mapTexts(value: unknown, change: (text: string) => string, key = ''): unknown {
  if (typeof value === 'string') return isEnum.has(key) ? value : change(value);
  if (Array.isArray(value)) return key === 'marks' ? value : value.map((item) => mapTexts(item, change, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, change, name)]));
}

const structure = (page: string): string[] =>
  readPage(page).map(({ name, depth, attributes }) => {
    // Whether a path may be linked depends on the path: both forms count as the same element here.
    const isFile = attributes['class']?.startsWith('file');
    return isFile ? `${depth} file` : `${depth} ${name} ${Object.keys(attributes).join(' ')}`;
  });

const known = new Set((
  'html head meta link title style body a nav ul ol li main footer p h1 h2 h3 h4 div span section article strong b code pre time dl dt ' +
  'dd table caption thead tbody tr th td br details summary figure figcaption svg desc g line text circle rect polyline').split(' '));

const inTheFolder = /^(#[\w.-]+|data:,|report\.(json|md|xml|txt)|evidence(\/(?!\.\.?(\/|$))[^/:\\]+)+)$/;

/** What an attack has got through: elements, attributes and links that no page has. */
function damage(page: string): string[] {
  return readPage(page).flatMap(({ name, attributes }) => [
    ...(known.has(name) ? [] : [name]),
    ...Object.keys(attributes).filter((attribute) => /^on|^src|^action|^style$/.test(attribute)),
    ...[attributes['href'] ?? '#main'].filter((target) => !inTheFolder.test(target)),
  ]);
}

describe.each([
  ['failing', failingRun()],
  ['inconclusive', inconclusiveRun()],
])('hostile text in every field of a %s run', (_name, run) => {
  test.each([
    ['after', (text: string, attack: string) => `${text}${attack}`],
    ['before', (text: string, attack: string) => `${attack}${text}`],
  ])('%s the real one changes no element', (_place, put) => {
    assert(
      property(payload, (attack) => {
        const hostile = htmlReport(mapTexts(run, (text) => put(text, attack)) as Report);
        const benign = htmlReport(mapTexts(run, (text) => put(text, harmless(attack))) as Report);
        expect(hostile).not.toMatch(forbidden);
        expect(damage(hostile)).toEqual([]);
        expect(structure(hostile)).toEqual(structure(benign));
      }),
      { seed: 20_261_120, numRuns: 40 },
    );
  });
});

test.each(weapons)('every field is %j', (weapon) => {
  const page = htmlReport(mapTexts(failingRun(), () => weapon) as Report);
  expect(page).not.toMatch(forbidden);
  expect(damage(page)).toEqual([]);
});

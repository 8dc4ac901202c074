import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { schemaErrors } from '../formats/json-schema.testing.ts';
import { countCases, readJunit } from '../formats/read-junit.testing.ts';
import { disarmedElements, readMarkdown } from '../formats/read-markdown.testing.ts';
import { reportSchema, type Report } from '../../model/report.ts';
import { renderings } from '../renderings.ts';
import { hostileText, longText } from './hostile-text.testing.ts';
import { buildReport, reportShape } from './report-shape.testing.ts';

const sha256 = 'd'.repeat(64);
const runs = { seed: 20_261_121, numRuns: 100 };
const control = /[\p{Cc}--[\n\t]]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/v;
/** What GitHub's runner takes for a command: it trims all white space, and comparing by culture skips what cannot be seen. */
const command = /^[\s\p{Default_Ignorable_Code_Point}]*::|##\[/u;

const fileOf = (report: Report, name: string) => renderings.find(({ file }) => file === name)?.render(report, sha256) ?? '';

/** A report of hostile texts, and its twin: the same shape, words for texts, and equal words where the texts are equal. */
const twins = fc.tuple(reportShape, fc.array(hostileText, { minLength: 12, maxLength: 12 })).map(([shape, texts]) => ({
  hostile: buildReport(shape, (slot) => texts[slot] ?? ''),
  benign: buildReport(shape, (slot) => `word ${texts.indexOf(texts[slot] ?? '')}`),
}));

/** Looks for a hostile report of which `seen` is not what `expected` is of its twin; tells of the smallest one, if there is any. */
function counterexample<Seen>(
  seen: (report: Report, twin: Report) => Seen, expected: (benign: Report) => Seen, numRuns = runs.numRuns,
): string | undefined {
  const property = fc.property(twins, ({ hostile, benign }) => {
    expect(seen(hostile, benign)).toEqual(expected(benign));
  });
  const result = fc.check(property, { ...runs, numRuns, includeErrorInReport: true });
  return result.failed ? fc.defaultReportMessage(result) : undefined;
}

test('the generator makes reports that the schema takes', () => {
  const found = counterexample(
    (report) => reportSchema.safeParse(report).error?.issues,
    () => undefined,
  );
  expect(found).toBeUndefined();
});

test('every rendering ends, without a control character, a mark that reorders text or half a character', () => {
  const spoilt = (text: string) => control.test(text) || !text.isWellFormed();
  const found = counterexample(
    (report) => renderings.filter(({ render }) => spoilt(render(report, sha256) ?? '')).map(({ file }) => file),
    () => [],
  );
  expect(found).toBeUndefined();
});

test('texts of a million characters end in time, and what has a limit keeps it', () => {
  fc.assert(
    fc.property(reportShape, longText, (shape, text) => {
      const report = buildReport(shape, () => text);
      const slow = renderings.filter(({ render }) => {
        const started = performance.now();
        render(report, sha256);
        return performance.now() - started > 10_000;
      });
      expect(slow).toEqual([]);
      expect(Buffer.byteLength(fileOf(report, 'summary.md'))).toBeLessThanOrEqual(200_000);
      // Ten lines of 1,700 characters, each of which can become three.
      expect(Buffer.byteLength(fileOf(report, 'annotations.txt'))).toBeLessThan(60_000);
    }),
    { ...runs, numRuns: 3 },
  );
});

test('no line of a text that may reach a log commands a CI runner', () => {
  const commands = (text: string) => text.split('\n').filter((line) => command.test(line));
  const found = counterexample(
    (report) => ['report.txt', 'summary.md', 'report.md'].flatMap((name) => commands(fileOf(report, name))),
    () => [],
  );
  expect(found).toBeUndefined();
});

test('annotations are ten commands of ours at most, and their number and kind do not depend on texts', () => {
  const level = (line: string) => /^::(error|warning) (?:file=[^:,]+,(?:line=\d+,)?)?title=[^:,]+::[^\n]/.exec(line)?.[1] ?? line;
  const levels = (report: Report) => fileOf(report, 'annotations.txt').split('\n').slice(0, -1).map(level);
  const found = counterexample(
    (report) => [levels(report), levels(report).length <= 10, fileOf(report, 'annotations.txt').includes('##[')],
    (benign) => [levels(benign).filter((word) => ['error', 'warning'].includes(word)), true, false],
  );
  expect(found).toBeUndefined();
});

test('JUnit is well-formed and counts right, and its cases do not depend on texts', () => {
  const outline = (report: Report) =>
    readJunit(fileOf(report, 'report.xml')).suites.map(({ name, cases }) => [name, ...cases.map(({ answer }) => answer)]);
  const miscounted = (report: Report) => {
    const { counters, suites } = readJunit(fileOf(report, 'report.xml'));
    return [
      { counters, cases: suites.flatMap(({ cases }) => cases) }, ...suites,
    ].filter((part) => part.counters.join() !== countCases(part.cases).join());
  };
  const found = counterexample((report) => [outline(report), miscounted(report)], (benign) => [outline(benign), []]);
  expect(found).toBeUndefined();
});

test.for(['report.md', 'summary.md'])('%s has the same elements whatever the texts, and links to evidence alone', (name) => {
  const foreign = (links: readonly string[]) => links.filter((link) => name === 'summary.md' || !/^evidence(\/[^/:]+)*$/.test(link));
  const found = counterexample(
    (report, benign) => {
      const text = fileOf(report, name);
      // A summary above its limit leaves parts out.
      fc.pre(text.includes('This summary is cut') === fileOf(benign, name).includes('This summary is cut'));
      const { elements, links, html } = readMarkdown(text);
      return { elements, foreign: foreign(links), disarmed: disarmedElements(html), comment: html.includes('<!--') };
    },
    (benign) => ({ elements: readMarkdown(fileOf(benign, name)).elements, foreign: [], disarmed: [], comment: false }),
    50,
  );
  expect(found).toBeUndefined();
});

test('CTRF is valid, and its numbers do not depend on texts', () => {
  const outline = (report: Report) => {
    const { extra, results } = JSON.parse(fileOf(report, 'ctrf.json'));
    return [extra['frostgate.verdict'].outcome, results.summary, results.tests.map(({ status }: { status: string }) => status)];
  };
  const found = counterexample(
    (report) => [schemaErrors('ctrf.schema.json', fileOf(report, 'ctrf.json')), outline(report)], (benign) => [[], outline(benign)],
  );
  expect(found).toBeUndefined();
});

test('an attestation is valid, and PASSED is never a matter of texts', () => {
  const result = (report: Report) => (report.subject === null ? 'none' : JSON.parse(fileOf(report, 'test-result.predicate.json')).result);
  const errors = (report: Report) =>
    (report.subject === null ? [] : schemaErrors('test-result.schema.json', fileOf(report, 'test-result.json')));
  const lies = (report: Report) => result(report) === 'PASSED' && (
    report.verdict.outcome !== 'pass' || report.checks.some(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive')
  );
  const found = counterexample((report) => [errors(report), result(report), lies(report)], (benign) => [[], result(benign), false]);
  expect(found).toBeUndefined();
});

import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { disarmedElements, readMarkdown } from '../report/formats/read-markdown.testing.ts';
import { readPage } from '../report/html/read-page.testing.ts';
import type { Report } from '../model/report.ts';
import { jsonText } from '../model/text.ts';
import { forbidden } from '../report/sample-hostile.testing.ts';
import { decide } from './decide.ts';
import { sampleDecision } from '../report/sample-report.testing.ts';
import { faultless, readOf } from './read-release.testing.ts';
import { gateSchema, type Gate } from '../model/gate.ts';
import { gateAnnotations, gateRenderings } from './renderings.ts';
import { passingReport, rejudged, withCheck } from './sample.testing.ts';
import { shown } from './shown.ts';

const weapons = [
  '</style>', '</title>', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<!--', ']]>', '"', "'", '&', '<', '>', '`', '```',
  '|', '\\', '*', '_', '[x](javascript:alert(1))', '![x](https://example.org/x.png)', 'https://example.org/', '\n', '\r', '\n\n# head\n',
  '\n::error::x', '::stop-commands::x', '##[group]x', '##vso[x]', '\t', '\u0000', '\u001B[2J', '\u001B]0;owned\u0007', '\u202E', '\u2066',
  '\uFEFF', '\uD800', '\u2028', '$&', '%0A', '__proto__', '💥',
];
const attacks = array(
  oneof(constantFrom(...weapons), string({ unit: 'binary', maxLength: 6 })), { maxLength: 8 },
).map((parts) => `x${parts.join('')}`);
const bounded = { seed: 20_261_121, numRuns: 30 };

/** A report in which every text that a worker, a machine or a file name can have put there is another one; ids and enums stay. */
function attacked(report: Report, put: (text: string) => string): Report {
  return rejudged({
    ...report,
    tool: { ...report.tool, version: put(report.tool.version), commandLine: report.tool.commandLine.map(put) },
    subject: report.subject && {
      ...report.subject, file: put(report.subject.file), version: put('1.0.0'), freezer: put('x'), mode: put('755'),
      format: put(report.subject.format),
    },
    platform: {
      ...report.platform, cpu: put('cpu'), kernel: put('6.1'), os: put('some system'), architecture: put('unknown'),
      commit: put('4f2c9d1e7a3b'), ci: put('ci'),
    },
    contract: report.contract && { ...report.contract, file: put('worker-contract.yaml'), worker: put('agent-runner') },
    checks: report.checks.map((check) => ({ ...check, title: put(check.title), note: put('note'), ...(
      check.reason !== undefined && { reason: put(check.reason) }
    ), file: put('x.ts') })),
    findings: report.findings.map(
      (finding) => ({ ...finding, cause: put(finding.cause), remedy: put('x'), line: put('y'), source: put('z') }),
    ),
    notVerified: [put('x')],
    decisions: [sampleDecision({ metric: put('cpu.ready'), check: put('performance.cpu'), answer: 'pass', sentence: put('CPU') })],
  });
}

/** Both platforms attacked, with an earlier report and waivers that are attacked too. */
function release(first: Report, put: (text: string) => string): Gate {
  const waivers = [{ id: `shutdown.${put('x')}`, reason: put('ticket 12'), until: '2026-12-31' }];
  const earlier = { read: [readOf(attacked({ ...first, warnings: [put('old')] }, put))], unread: [
    { kind: 'missing' as const, file: shown(put('old')), why: 'there is no such file' },
  ] };
  return gateSchema.parse(decide(faultless({ waivers, earlier }, [attacked(first, put), attacked(passingReport('darwin-arm64'), put)])));
}

const linux = passingReport('linux-amd64');
const finding = { hazard: 'TW-18', args: {}, cause: 'importer', remedy: '', line: '', source: '', explains: ['execution.failure'] };
const failing = { ...withCheck(linux, 'execution.failure', { outcome: 'fail', reason: 'lost' }), findings: [finding] };

test('no text alters a verdict: a pass stays a pass, a fail fails for the same reasons', () => {
  assert(
    property(attacks, (attack) => {
      const put = (text: string) => `${text}${attack}`;
      const passed = release(linux, put);
      const failed = release(failing, put);
      expect([passed.verdict.outcome, failed.verdict.outcome]).toEqual(['pass', 'fail']);
      expect(failed.blocks.map(({ kind }) => kind)).toEqual(['red']);
    }),
    bounded,
  );
});

/** Elements of a page or of rendered Markdown; code is an element in one writing and backticks in the other. */
function elementsOf(file: string, text: string): string[] {
  if (file.endsWith('.md')) return readMarkdown(text).elements.filter((name) => name !== 'code');
  return file.endsWith('.html') ? readPage(text).map(({ name, depth }) => `${depth} ${name}`) : [];
}

/** Links and half elements that nobody of ours has put there. */
function intruders(file: string, text: string): string[] {
  if (file.endsWith('.md')) return [...readMarkdown(text).links, ...disarmedElements(readMarkdown(text).html)];
  if (!file.endsWith('.html')) return [];
  return readPage(text).flatMap(
    ({ attributes: { href = '#main' } }) => (/^(?:#main|data:,|gate\.(?:json|md|txt))$/.test(href) ? [] : [href]),
  );
}

type Rendered = readonly { readonly file: string; readonly text: string }[];

const rendered = (gate: Gate): Rendered => gateRenderings.map(({ file, render }) => ({ file, text: render(gate) ?? '' }));

/** What an attack has got through, in whichever rendering. */
function damage(renderings: Rendered): string[] {
  return renderings.flatMap(({ file, text }) => {
    const marks = [forbidden, /^\s*::/m, /##\w*\[/].filter((mark) => mark.test(text)).map(String);
    return [...marks, ...intruders(file, text)].map((problem) => `${file}: ${problem}`);
  });
}

const structure = (renderings: Rendered): string[][] => renderings.map(({ file, text }) => elementsOf(file, text));

test('no text breaks out of a rendering', () => {
  const benign = structure(rendered(release(failing, (text) => `${text}x`)));
  assert(
    property(attacks, (attack) => {
      const hostile = release(failing, (text) => `${text}${attack}`);
      expect(gateSchema.parse(JSON.parse(jsonText(hostile)))).toEqual(hostile);
      const renderings = rendered(hostile);
      expect(damage(renderings)).toEqual([]);
      expect(structure(renderings)).toEqual(benign);
      expect(gateAnnotations(hostile)).toMatch(/^::error title=release gate%3A red::linux-amd64: [^\n\r]*\n$/);
    }),
    bounded,
  );
});

test('ids, platforms and outcomes that attack are told without harm, and nothing of them passes', () => {
  assert(
    property(attacks, (attack) => {
      const odd = { ...linux, platform: { ...linux.platform, id: `linux-amd64${attack}` } };
      const ids = { ...linux, expectedIds: [...linux.expectedIds, `execution.${attack}`, attack, '__proto__'] };
      for (const report of [odd, ids]) {
        const gate = gateSchema.parse(decide(faultless({}, [report, passingReport('darwin-arm64')])));
        expect(gate.verdict.outcome).toBe('fail');
        expect(damage(rendered(gate))).toEqual([]);
        expect(
          gateRenderings.flatMap(({ file, render }) => (file.startsWith('svr') ? [render(gate)] : [])),
        ).toEqual([undefined, undefined]);
      }
    }),
    bounded,
  );
});

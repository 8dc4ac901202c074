import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { readPage } from '../../report/html/read-page.testing.ts';
import { decide } from '../decide.ts';
import { faultless, readOf } from '../read-release.testing.ts';
import { gateSchema } from '../../model/gate.ts';
import { gateAnnotations, gateRenderings, gateSummary } from '../renderings.ts';
import { comparedGate } from '../pages.testing.ts';
import { passingReport, withCheck } from '../sample.testing.ts';
import { gateHtml } from './html.ts';
import { gateMarkdown } from './markdown.ts';
import { svrPredicate, svrStatement } from './svr.ts';
import { gateTerminal } from './terminal.ts';

const linux = passingReport('linux-amd64');
const failing = withCheck(linux, 'shutdown.survivors', { outcome: 'fail', reason: 'one process is left' });
const waivers = [{ id: 'shutdown.survivors', reason: 'ticket 12', until: '2026-12-31' }];
const passing = decide(faultless({ toolVersion: '0.1.0' }));
const waived = decide(faultless({ toolVersion: '0.1.0', waivers }, [failing, passingReport('darwin-arm64')]));
const blocked = decide(faultless({
  toolVersion: '0.1.0',
  required: ['linux-amd64', 'darwin-arm64', 'windows-amd64'],
  waivers: [{ id: 'startup.ready', reason: 'slow runner', until: '2026-01-31' }],
  earlier: { read: [readOf({ ...linux, subject: linux.subject && { ...linux.subject, version: '0.9.0', sizeBytes: 200 } })], unread: [] },
}, [failing, withCheck(passingReport('darwin-arm64'), 'performance.memory', { outcome: 'inconclusive', reason: 'too busy' })]));

/** Digests and the catalogue's numbers change with the sample and the catalogue; the words do not. */
const settled = (text: string): string => text.replace(/[0-9a-f]{64}/g, '<sha256>').replace(/\d+ (passed|waived|failed)/g, '# $1');

test('the whole Markdown of a blocked release', async () => {
  await expect(settled(gateMarkdown(blocked, { links: true, budgetBytes: Infinity }))).toMatchFileSnapshot('golden/gate.md');
});

test('the whole text of a blocked release', async () => {
  await expect(settled(gateTerminal(blocked, { colour: false, width: 120 }))).toMatchFileSnapshot('golden/gate.txt');
});

describe('beside the last release', () => {
  const compared = comparedGate();
  const words = (text: string): string => text.replace(/\s+/g, ' ');
  const partOf = (width: number): string => {
    const text = gateTerminal(compared, { colour: false, width });
    const start = text.indexOf('  beside');
    return text.slice(start, text.indexOf('\n\n', start) + 1);
  };

  test('a table of metrics and platforms, on a terminal that has room', async () => {
    await expect(partOf(160)).toMatchFileSnapshot('golden/beside.txt');
  });

  test('one platform after the other where there is little room: nothing is wider than the terminal', async () => {
    const part = partOf(80);
    expect(Math.max(...part.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
    await expect(part).toMatchFileSnapshot('golden/beside-narrow.txt');
  });

  test('the same in Markdown, and as data', async () => {
    const text = gateMarkdown(compared, { links: false, budgetBytes: Infinity });
    await expect(text.slice(text.indexOf('## Beside'), text.indexOf('## Waivers'))).toMatchFileSnapshot('golden/beside.md');
    const [worse, larger] = gateSchema.parse(JSON.parse(JSON.stringify(compared))).platforms;
    expect(worse?.decisions?.find(({ metric }) => metric === 'cpu.ready')).toMatchObject({ answer: 'fail', waived: false, pairs: 17 });
    expect(larger?.decisions?.find(({ metric }) => metric === 'size.file')).toMatchObject({ answer: 'fail', waived: true });
  });

  test('the same on the page', () => {
    const text = words(readPage(gateHtml(compared)).find(({ attributes }) => attributes['id'] === 'decisions')?.text ?? '');
    for (const said of ["can't tell", 'fail, waived', 'CPU to ready', 'limit 5 %']) expect(text).toContain(said);
  });

  test('of two decisions about one metric the worse is shown, and what was not compared has a dash', () => {
    const [first, second, ...others] = compared.platforms;
    const twice = { ...compared, platforms: [
      { ...first, decisions: [...first?.decisions?.map((one) => ({ ...one, answer: 'pass' as const })) ?? [], ...first?.decisions ?? []] },
      { ...second, decisions: undefined }, ...others,
    ] } as typeof compared;
    expect(gateTerminal(twice, { colour: false, width: 160 })).toMatch(/CPU to ready {3,}fail \+\S+ % \([^)]*\) +– +pass/);
  });

  test('nothing was compared: nothing is said of it', () => {
    expect(gateTerminal(passing, { colour: false, width: 120 })).not.toContain('beside the last release');
    expect(gateMarkdown(passing, { links: false, budgetBytes: Infinity })).not.toContain('Beside the last release');
  });
});

test('wide letters take two columns: a reason stays within the terminal', () => {
  const reason = '作業者は 止まらず、 行列を 読み続けた。 🚀 '.repeat(8).trim();
  const wide = decide(faultless({ waivers: [{ id: 'shutdown.survivors', reason, until: '2026-12-31' }] }, [failing]));
  const lines = gateTerminal(wide, { colour: false, width: 80 }).split('\n').filter((line) => line.includes('作業者'));
  expect(lines.length).toBeGreaterThan(4);
  expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
});

test('colour stands around words and changes none', () => {
  const coloured = gateTerminal(blocked, { colour: true, width: 120 });
  expect(coloured).toContain('\u001B[31m');
  expect(stripVTControlCharacters(coloured)).toBe(gateTerminal(blocked, { colour: false, width: 120 }));
});

test('a waived platform is shown as such in every rendering', () => {
  const texts = Object.fromEntries(gateRenderings.map(({ file, render }) => [file, render(waived) ?? '']));
  for (const file of ['gate.md', 'gate.txt', 'gate.html', 'summary.md']) expect(texts[file]).toMatch(
    /pass with waivers[\s\S]*ticket 12|ticket 12[\s\S]*pass with waivers/,
  );
  expect(gateSchema.parse(JSON.parse(texts['gate.json'] ?? '')).waivers).toEqual(waived.waivers);
});

test('the SVR states what passed, waived platforms under another name, and nothing when the gate does not pass', () => {
  expect(JSON.parse(svrStatement(waived) ?? '')).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      { name: 'agent-runner-linux-amd64', digest: { sha256: linux.subject?.sha256Before } },
      { name: 'agent-runner-darwin-arm64', digest: { sha256: passingReport('darwin-arm64').subject?.sha256Before } },
    ],
    predicateType: 'https://in-toto.io/attestation/svr/v0.2',
    predicate: {
      verifier: { id: 'pkg:npm/frostgate@0.1.0', policies: [{ name: 'worker-contract.yaml', digest: { sha256: linux.contract?.sha256 } }] },
      timeCreated: '2026-11-21T12:00:00.000Z',
      properties: ['FROSTGATE_LINUX_AMD64_VERIFIED_WITH_WAIVERS', 'FROSTGATE_DARWIN_ARM64_VERIFIED'],
    },
  });
  expect(JSON.parse(svrPredicate(passing) ?? '').properties).toEqual(['FROSTGATE_LINUX_AMD64_VERIFIED', 'FROSTGATE_DARWIN_ARM64_VERIFIED']);
  expect([svrStatement(blocked), svrPredicate(blocked)]).toEqual([undefined, undefined]);
});

test('the page says all of it, with its links to the platforms’ reports', () => {
  const [first] = blocked.platforms;
  const near = { ...blocked, platforms: blocked.platforms.map((platform) => (
    platform === first && platform.report ? { ...platform, report: { ...platform.report, page: '../linux-amd64/report.html' } } : platform
  )) };
  const elements = readPage(gateHtml(near));
  const [main] = elements.filter(({ name }) => name === 'main');
  for (const { sentence } of blocked.blocks) expect(main?.text).toContain(sentence.slice(sentence.indexOf(': ') + 2));
  expect(main?.text).toContain(blocked.verdict.sentence);
  expect(
    elements.filter(({ name, attributes }) => name === 'a' && attributes['href']?.startsWith('../')).map(({ text }) => text),
  ).toEqual(['linux-amd64', 'its report']);
  expect(elements.filter(({ name }) => name === 'h2').map(({ text }) => text)).toEqual([
    'Platforms', 'Why it is blocked', 'Waivers', 'Executables', 'Trend', 'Remarks', 'What was not checked',
  ]);
  expect(elements.filter(({ attributes }) => attributes['class'] === 'plot')).toHaveLength(3);
});

test('at most nine blocks are annotated, then how many more there are; a pass has none', () => {
  const [block] = blocked.blocks;
  const many = { ...blocked, blocks: block === undefined ? [] : Array.from({ length: 12 }, () => block) };
  const lines = gateAnnotations(many).trimEnd().split('\n');
  expect([lines.length, lines[9]]).toEqual([10, '::error title=release gate%3A more::and 3 more, see the summary']);
  expect(gateAnnotations(passing)).toBe('');
});

test('the summary stays below 200 kB whatever there is to say, and keeps the verdict, the first block and the matrix', () => {
  const long = '€'.repeat(1_000);
  const rows = Array.from({ length: 500 }, (_, index) => blocked.platforms.slice(0, 1).map((row) => ({ ...row, id: `p${index}` }))).flat();
  const huge = {
    ...blocked,
    blocks: Array.from({ length: 500 }, (_, index) => ({ kind: 'red' as const, severity: 'wrong' as const, sentence: `${index} ${long}` })),
    platforms: rows,
    waivers: Array.from({ length: 500 }, () => ({ id: 'a.b', reason: long, until: '2027-01-01', state: 'unused' as const, excuses: [] })),
    warnings: Array.from({ length: 500 }, () => long),
  };
  const summary = gateSummary(huge);
  expect(Buffer.byteLength(summary)).toBeLessThan(200_000);
  for (const text of [
    blocked.verdict.sentence.slice(0, 20), '0 €', '| p0 |', 'more, which gate.json holds',
  ]) expect(summary).toContain(text);
  expect(Buffer.byteLength(gateHtml(huge))).toBeLessThan(1_500_000);
});

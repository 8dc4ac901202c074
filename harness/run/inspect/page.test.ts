import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Bundle } from '../../runtimes/bundle.ts';
import { readBundle } from '../../runtimes/subject.ts';
import { UsageError } from '../../model/errors.ts';
import { forbidden } from '../../report/sample-hostile.testing.ts';
import { readPage } from '../../report/html/read-page.testing.ts';
import { inspectPage, writeInspection } from './page.ts';
import { sampleBundle, sampleDistribution, sampleModule } from './sample.testing.ts';

const headings = (bundle: Bundle) =>
  readPage(inspectPage(bundle)).filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name, text }) => `${name} ${text}`);

test('says what the file is, its facts, what is heavy, and what is unusual', () => {
  const bundle = sampleBundle({ oddities: [{ kind: 'second-archive', subject: 'x', sentence: 'there is a second archive' }] });
  expect(headings(bundle)).toEqual(['h1 dist/agent-runner', 'h2 Size by distribution', 'h2 What is unusual']);
  const elements = readPage(inspectPage(bundle));
  const texts = (wanted: string) => elements.filter(({ name }) => name === wanted).map(({ text }) => text);
  expect(texts('p')[0]).toBe('Read without being run: Python 3.13, 4 modules and 0 native files in 25.1 MB; each start unpacks 5 ' +
    'files, 65.2 MB.');
  expect(texts('dt')).toEqual(['file', 'what', 'platform', 'needs', 'freezer', 'starts', 'holds', 'takes']);
  expect(texts('td').slice(0, 3)).toEqual(['11.4 MB', '30 MB', '45.4 %']);
  expect(texts('li')).toEqual(['x: there is a second archive']);
  expect(texts('a')).toEqual(['inspect.json']);
});

const hints = [{ hazard: 'TW-18', cause: 'its sandbox is closed', remedy: 'Add a hook:\nimport io', line: 'app.flows: workflows' }];

test('says what looks wrong, and what to do, before anything else', () => {
  expect(headings(sampleBundle())).not.toContain('h2 What looks wrong');
  const elements = readPage(inspectPage(sampleBundle(), hints));
  expect(
    elements.filter(({ name }) => /^h[23]$/.test(name)).map(({ text }) => text),
  ).toEqual(['What looks wrong', 'TW-18', 'Size by distribution']);
  expect(elements.find(({ name }) => name === 'pre')?.text).toBe('Add a hook:\nimport io');
  expect(elements.filter(({ name }) => name === 'dd').map(({ text }) => text)).toEqual(
    expect.arrayContaining(['its sandbox is closed', 'app.flows: workflows']),
  );
});

test('an opaque executable, for real: facts alone', async () => {
  const bundle = await readBundle(process.execPath);
  expect(bundle.kind).toBe('opaque');
  expect(headings(bundle)).toHaveLength(1);
  expect(inspectPage(bundle)).toContain('What is in it cannot be listed.');
});

describe('a hostile bundle', () => {
  const nasty = '\u001B[2J</style><script>alert(1)</script>\u202E\n::error::x" onclick="x()';
  const hostile = (text: string) => sampleBundle({
    file: text, pythonVersion: text, options: [text], platforms: [text], scripts: [{ name: text, kind: 'entry' }],
    modules: [sampleModule(text, 9e6), sampleModule('redis', 1)], distributions: [sampleDistribution('redis', text)],
    oddities: [{ kind: 'escaping-name', subject: text, sentence: text }],
  });

  const hostileHints = (text: string) => [{ hazard: text, cause: text, remedy: text, line: text }];

  test('changes no element of the page', () => {
    const page = inspectPage(hostile(nasty), hostileHints(nasty));
    expect(page).not.toMatch(forbidden);
    const plain = 'x'.repeat(nasty.length);
    expect(readPage(page).map(({ name }) => name)).toEqual(
      readPage(inspectPage(hostile(plain), hostileHints(plain))).map(({ name }) => name),
    );
  });

  test('does not make it long', () => {
    const long = '"'.repeat(60_000);
    const modules = Array.from({ length: 5000 }, (_, index) => sampleModule(`${index}${long.slice(0, 500)}`, 5000));
    const oddities = Array.from({ length: 5000 }, () => ({ kind: 'duplicate-name', subject: long, sentence: long }) as const);
    const bundle = { ...hostile(long), modules, oddities };
    expect(Buffer.byteLength(inspectPage(bundle, Array.from({ length: 500 }, () => hostileHints(long)).flat()))).toBeLessThan(500_000);
  });
});

test('is written beside its JSON into a folder that is made; where it cannot be, one sentence says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-inspect-'));
  try {
    const file = await writeInspection(join(folder, 'a', 'b'), sampleBundle(), hints);
    expect(file).toBe(join(folder, 'a', 'b', 'inspect.html'));
    expect(await readFile(file, 'utf8')).toBe(inspectPage(sampleBundle(), hints));
    expect(JSON.parse(await readFile(join(folder, 'a', 'b', 'inspect.json'), 'utf8'))).toEqual({ ...sampleBundle(), hints });
    await writeFile(join(folder, 'file'), '');
    const refused = await writeInspection(join(folder, 'file'), sampleBundle(), []).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UsageError);
    expect(String(refused)).toMatch(/--report-dir: \S+file cannot be written \(.*\); name another folder$/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

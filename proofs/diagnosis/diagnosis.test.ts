import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../harness/model/report.ts';
import { sampleCheck, sampleReport } from '../../harness/report/sample-report.testing.ts';
import { root } from '../support/command.ts';
import { readFaults, type Build } from './fault.ts';
import { judge, silence } from './judge.ts';
import { specText } from './project.ts';

describe('the faults', () => {
  test('are of their form, and each right build differs from the faulty one', () => {
    const faults = readFaults();
    expect(faults.length).toBeGreaterThan(25);
    const textOf = (build: Build): string => specText(build) + JSON.stringify(build.files);
    for (const { name, faulty, right } of faults) expect(textOf(faulty), name).not.toBe(textOf(right));
    expect(new Set(faults.flatMap(({ library }) => library ?? [])).size).toBeGreaterThanOrEqual(12);
  });

  test('have a row in the table each', () => {
    const rows: readonly { readonly name: string }[] = JSON.parse(readFileSync(join(root, 'proofs/diagnosis/table.json'), 'utf8'));
    expect(rows.map(({ name }) => name).filter((name) => !name.includes('/'))).toEqual(readFaults().map(({ name }) => name));
  });

  test('need nothing without a pinned version', () => {
    const pinned = new Set(readFileSync(join(root, 'fixtures/faults/constraints.txt'), 'utf8').match(/^[\w.-]+(?===)/gm));
    expect(readFaults().flatMap(({ needs }) => needs).filter((name) => !pinned.has(name))).toEqual([]);
  });
});

test('a spec file as its owner would write it', () => {
  expect(specText({ hiddenimports: "collect_submodules('a')", datas: "copy_metadata('a')", after: 'a.datas = []\n' })).toBe([
    'from PyInstaller.utils.hooks import collect_submodules, copy_metadata', '',
    'a = Analysis(', '    ["main.py"],', '    pathex=[SPECPATH],',
    "    hiddenimports=['temporalio.worker.workflow_sandbox._in_sandbox'] + collect_submodules('a'),", "    datas=copy_metadata('a'),",
    '    runtime_hooks=["hooks/sandbox_open.py"],', ')', 'a.datas = []',
    'EXE(PYZ(a.pure), a.scripts, a.binaries, a.datas, name="worker")', '',
  ].join('\n'));
});

describe('a judgement', () => {
  const asked = { hazard: 'BC-04', remedy: /prompt\.md/, question: false };
  const finding = (more: Partial<Report['findings'][number]> = {}): Report['findings'][number] => ({
    hazard: 'BC-04', args: {}, cause: 'c', remedy: "datas=[('prompt.md', '.')]", line: 'l', source: 's', explains: ['execution.a'],
    sure: 'by construction', ...more,
  });
  const red = (...findings: Report['findings']) => sampleReport({ findings, verdict: { ...sampleReport().verdict, outcome: 'fail' } });

  test('of the right cause with the right line', () => {
    const proof = { outcome: 'proved', sentence: 'green' } as const;
    expect(judge(asked, { code: 1, text: 'add prompt.md' }, red(finding({ sure: 'proved', proof })))).toEqual({
      inspect: 'named', red: true, cause: true, remedy: true, sure: 'proved', proof: 'proved', wrong: [],
    });
  });

  test('of another cause that was told as if it were certain, and of one that was asked', () => {
    const other = finding({ hazard: 'BC-02', remedy: 'hiddenimports' });
    expect(judge(asked, { code: 1, text: '' }, red(other))).toEqual({
      inspect: 'found', red: true, cause: false, remedy: false, wrong: ['BC-02: hiddenimports'],
    });
    expect(judge(asked, { code: 0, text: '' }, red({ ...other, sure: 'a question' })).wrong).toEqual([]);
  });

  test('of a finding that explains nothing', () => {
    expect(judge(asked, { code: 0, text: '' }, red(finding({ explains: [] }))).cause).toBe(false);
  });

  test('of a right build: whatever is said is too much', () => {
    const passed = sampleReport({ findings: [], checks: [], verdict: { ...sampleReport().verdict, outcome: 'pass' } });
    expect(silence({ code: 0 }, passed)).toEqual({ inspect: 0, verdict: 'pass', said: [] });
    expect(silence({ code: 0 }, red(finding())).said).toHaveLength(2);
    const undecided = (id: string) => sampleReport({
      findings: [], checks: [{ ...sampleCheck(id), outcome: 'inconclusive' }], verdict: { ...passed.verdict, outcome: 'inconclusive' },
    });
    expect(silence({ code: 0 }, undecided('performance.version')).said).toEqual([]);
    expect(silence({ code: 0 }, undecided('bundle.data')).said).toHaveLength(1);
  });
});

import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { plainBaseline } from '../../../baselines/survey/survey.testing.ts';
import type { Finding } from '../../../model/report.ts';
import { hazards } from '../hazards/hazards.ts';
import { inWordsOfBuild } from './build-form.ts';
import { test } from './folder.testing.ts';

const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
const { 'missing-module': modules, 'missing-data': files } = hazards.observations;

function finding(hazard: string, args: Record<string, string>, row: typeof modules): Finding {
  return { hazard, args, cause: 'c', remedy: row.remedy(args), line: 'l', source: 's', explains: ['execution.a'] };
}

const lazy = finding('BC-02', { module: 'app.lazy', modules: 'app.lazy' }, modules);
const data = finding('BC-04', { file: 'jinja2/x.txt', package: 'jinja2' }, files);
const analysis = 'a = Analysis(["main.py"]';

test.for<[string, Record<string, string>, Finding, string]>([
  ['a list', { 'app.spec': `${analysis}, hiddenimports=["x"])` }, lazy, `In app.spec write hiddenimports=["x", 'app.lazy'] in ` +
    'Analysis(…) and rebuild.'],
  ['by position, in other characters', { 'app.spec': '# ä\na = Analysis(["ä.py"], [], [], [], ["ö"])' }, lazy, 'In app.spec write ' +
    `hiddenimports=["ö", 'app.lazy'] in Analysis(…) and rebuild.`],
  ['a variable', { 'app.spec': `hidden = []\n${analysis}, hiddenimports=hidden)` }, lazy, "In app.spec write hidden += ['app.lazy'] " +
    'above Analysis(…) and rebuild.'],
  ['lines to be pasted', { 'app.spec': `datas = []\n${analysis}, datas=datas)` }, data, 'In app.spec, above Analysis(…):\nfrom ' +
    "PyInstaller.utils.hooks import collect_data_files\ndatas += collect_data_files('jinja2')\nand rebuild."],
  ['what is imported already', { 'app.spec': `from PyInstaller.utils.hooks import collect_data_files\n${analysis})` }, data,
    "In app.spec write datas=collect_data_files('jinja2') in Analysis(…) and rebuild."],
  ['options', { Makefile: 'b:\n\tpyinstaller main.py\n' }, lazy, 'Add --hidden-import app.lazy to the call of pyinstaller in Makefile ' +
    'and rebuild.'],
  ['no form that can be told', { 'app.spec': 'a = Analysis(*given)' }, lazy, lazy.remedy],
  ['no spec file that can be read', { 'app.spec': 'a = Analysis(' }, lazy, lazy.remedy],
  ['no build', {}, lazy, lazy.remedy],
])('%s', async ([, written, found, remedy], { folder, write }) => {
  write(written);
  const [told] = await inWordsOfBuild([found], { baseline: plainBaseline(folder, python), binary: '/elsewhere/app', named: undefined });
  expect(told?.remedy).toBe(remedy);
});

test('what two findings add to one argument is one line, told with each; a question stays apart', async ({ folder, write }) => {
  const sandbox = finding('TW-17', { module: 'temporalio.worker.workflow_sandbox._in_sandbox' }, modules);
  const other = { module: 'app.other' };
  const doubt = { ...finding('BC-02', other, modules), remedy: `Is it asked for? ${modules.remedy(other)}` };
  write({ 'app.spec': `${analysis}, hiddenimports=["x"])` });
  const told = await inWordsOfBuild([lazy, data, doubt, sandbox], {
    baseline: plainBaseline(folder, python), binary: '/elsewhere/app', named: undefined,
  });
  const line = `In app.spec write hiddenimports=["x", 'app.lazy', 'temporalio.worker.workflow_sandbox._in_sandbox'`;
  expect(told.map(({ remedy }) => remedy)).toEqual([
    `${line}] in Analysis(…) and rebuild. That is for TW-17 as well: paste it once.`,
    expect.not.stringContaining('paste it once'),
    `Is it asked for? ${line}, 'app.other'] in Analysis(…) and rebuild. That is for BC-02 and TW-17 as well: paste it once.`,
    `${line}] in Analysis(…) and rebuild. That is for BC-02 as well: paste it once.`,
  ]);
});

test.for([
  ['a list', `${analysis}, excludes=["numpy.fft", "tkinter"])`, 'numpy.fft'],
  ['a variable', `unwanted = ["numpy"]\n${analysis}, excludes=unwanted)`, 'numpy'],
] as const)('a module that the spec file excludes: %s', async ([, text, name], { folder, write }) => {
  write({ 'app.spec': text });
  const missing = finding('BC-02', { module: 'numpy.fft', modules: 'numpy.fft' }, modules);
  const [told] = await inWordsOfBuild([missing], { baseline: plainBaseline(folder, python), binary: '/elsewhere/app', named: undefined });
  expect(told).toMatchObject({
    hazard: 'BC-07', cause: `c app.spec has '${name}' in excludes=[…].`,
    remedy: `Take '${name}' out of excludes=[…] in app.spec and rebuild.`,
  });
});

const certificates = finding('BC-04', { file: 'certifi/cacert.pem', package: 'certifi' }, files);

test.for([
  ['a list made anew', 'a.datas = [entry for entry in a.datas if not entry[0].endswith(".pem")]', true],
  ['a function', 'def keeps(entry):\n  return not entry[0].endswith(GONE)\nGONE = (".md", ".pem")\na.datas = filter(keeps, a.datas)', true],
  ['entries that are taken away', 'a.datas -= [("certifi/cacert.pem", None, None)]', true],
  ['one in a loop', 'for entry in list(a.datas):\n  if "cacert" in entry[0]:\n    a.datas.remove(entry)', true],
  ['another table', 'a.binaries = [entry for entry in a.binaries if not entry[0].endswith(".pem")]', false],
  ['other files', 'a.datas = [entry for entry in a.datas if not entry[0].endswith(".md")]', false],
  ['what is only added', 'a.datas = a.datas + [("x.pem", "x.pem", "DATA")]', false],
] as const)('what the spec file takes out again after Analysis(…): %s', async ([, after, isTaken], { folder, write }) => {
  write({ 'app.spec': `${analysis})\n${after}\n` });
  const baseline = plainBaseline(folder, python);
  const [told] = await inWordsOfBuild([certificates], { baseline, binary: '/elsewhere/app', named: undefined });
  const stays = /^Line \d of app\.spec takes it out again.*: let certifi\/cacert\.pem stay there/;
  expect(told?.remedy).toMatch(isTaken ? stays : /collect_data_files/);
  expect(told?.sure).toBe(isTaken ? 'to fill in' : undefined);
});

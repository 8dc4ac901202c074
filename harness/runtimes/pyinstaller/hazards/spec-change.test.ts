import { describe, expect, test } from 'vitest';
import { remedyText } from './in-words.ts';
import { changeOf } from './spec-change.ts';

const collect = (given: string) => `Add datas=collect_data_files(${given}) to Analysis(…) in the spec file (with from ` +
  'PyInstaller.utils.hooks import collect_data_files above it)';

const nothing = 'no change of the spec';

/** What is said for a finding, which is what is tried. */
function said(hazard: string, args: Record<string, string>): string {
  const change = changeOf({ hazard, args });
  return change === undefined ? nothing : remedyText(change);
}

test.each<[string, Record<string, string>, string]>([
  ['BC-01', { module: 'multipart', symbol: 'MultipartSegment' }, 'Put a copy of multipart.py in a directory listed in ' +
    'Analysis(pathex=[…])'],
  ['BC-02', { module: 'agent.tools.run_shell' }, "Add hiddenimports=['agent.tools.run_shell'] to Analysis(…) in the spec file"],
  ['BC-02', { package: 'langchain-groq' }, "Add hiddenimports=['langchain_groq'] to Analysis(…) in the spec file"],
  ['BC-02', { module: 'app.fr', modules: 'app.fr', neighbours: 'app.de, app.0001_initial' }, "Add hiddenimports=['app.fr', 'app.de', " +
    "'app.0001_initial'] to Analysis(…) in the spec file"],
  ['BC-02', { module: '5bae8a57b5ef85818b48__mypyc' }, "Add hiddenimports=['5bae8a57b5ef85818b48__mypyc'] to Analysis(…) in the spec file"],
  ['BC-02', { modules: 'a.b, c' }, "Add hiddenimports=['a.b', 'c'] to Analysis(…) in the spec file"],
  ['BC-03', { encoding: 'cl100k_base' }, "Add hiddenimports=['tiktoken_ext', 'tiktoken_ext.openai_public'] to Analysis(…) in the spec " +
    "file"],
  ['BC-02', { module: 'a.b', modules: 'a.b, a.c' }, "Add hiddenimports=['a.b', 'a.c'] to Analysis(…) in the spec file"],
  ['BC-02', { module: 'a.b.c', package: 'a.b', importer: 'x' }, "Add hiddenimports=collect_submodules('a.b') to Analysis(…) in " +
    'the spec file (with from PyInstaller.utils.hooks import collect_submodules above it)'],
  ['BC-03', { namespace: 'small_plugins', modules: 'small_plugins.polite' }, "Add hiddenimports=['small_plugins', " +
    "'small_plugins.polite'] to Analysis(…) in the spec file"],
  ['BC-04', { file: 'small_worker/texts/greeting.txt' }, collect("'small_worker'")],
  ['BC-04', { file: 'acme/x.txt', files: 'acme/x.txt, acme/y.txt', package: 'acme' }, collect("'acme'")],
  ['BC-04', { file: 'acme/.x/a b.txt' }, collect("'acme'")],
  ['BC-04', { file: 'acme/x.txt', files: 'acme/x.txt, acme/steps/one.py', package: 'acme' }, collect("'acme', include_py_files=True")],
  ['BC-04', { file: 'rules.json', package: 'rules.json', source: 'orders/rules.json' }, "Add datas=[('orders/rules.json', '.')] to " +
    'Analysis(…) in the spec file'],
  ['BC-04', { file: 'prompt.md' }, "Add datas=[('prompt.md', '.')] to Analysis(…) in the spec file"],
  ['BC-04', { file: String.raw`agent\\prompts\\system.md` }, collect("'agent'")],
  ['BC-04', { libraries: 'tls/lib/tls-x86.so, tls/lib/libz.so.1', package: 'tls' }, 'Add binaries=collect_dynamic_libs(' +
    "'tls', search_patterns=['*.so', 'lib*.so.*']) to Analysis(…) in the spec file (with from PyInstaller.utils.hooks import " +
    'collect_dynamic_libs above it)'],
  ['BC-04', { libraries: 'acme/libacme.so' }, "Add binaries=collect_dynamic_libs('acme') to Analysis(…) in the spec file (with from " +
    'PyInstaller.utils.hooks import collect_dynamic_libs above it)'],
  ['BC-04', { files: 'acme/m/env.py', package: 'acme', imports: 'logging.config' }, collect("'acme', include_py_files=True") +
    ", and add hiddenimports=['logging.config'] to Analysis(…) in the spec file"],
  ['BC-03', { package: 'app.skills', modules: 'app.skills.a, app.skills.0001_b', by: 'modules' }, "Add hiddenimports=['app.skills.a', " +
    "'app.skills.0001_b'] to Analysis(…) in the spec file"],
  ['BC-03', { package: 'app.skills', modules: 'app.skills.a', by: 'files' }, "Add module_collection_mode={'app.skills': 'pyz+py'} to " +
    "Analysis(…) in the spec file, and add hiddenimports=['app.skills.a'] to Analysis(…) in the spec file"],
  ['BC-05', { distributions: 'hf_xet, httpx' }, "Add datas=copy_metadata('hf_xet') + copy_metadata('httpx') to Analysis(…) in the spec " +
    'file (with from PyInstaller.utils.hooks import copy_metadata above it)'],
  ['BC-13', { modules: 'app.a, app.b' }, "Add module_collection_mode={'app.a': 'pyz+py', 'app.b': 'pyz+py'} to Analysis(…) in the " +
    'spec file'],
  ['BC-05', { distribution: 'langchain-core' }, "Add datas=copy_metadata('langchain-core') to Analysis(…) in the " +
    'spec file (with from PyInstaller.utils.hooks import copy_metadata above it)'],
  ['BC-06', { distribution: 'small-worker', module: 'small_worker.shout' }, "Add datas=copy_metadata('small-worker') to Analysis(…) " +
    'in the spec file (with from PyInstaller.utils.hooks import copy_metadata above it), and add ' +
    "hiddenimports=['small_worker.shout'] to Analysis(…) in the spec file"],
  ['BC-06', { distribution: 'small-worker', target: 'small_worker.shout:shout' }, "Add datas=copy_metadata('small-worker') to " +
    'Analysis(…) in the spec file (with from PyInstaller.utils.hooks import copy_metadata above it), and add ' +
    "hiddenimports=['small_worker.shout'] to Analysis(…) in the spec file"],
  ['BC-07', { module: 'unittest' }, "Remove 'unittest' from excludes=[…] in the spec file; if it is not there, add " +
    "hiddenimports=['unittest'] to Analysis(…)"],
  ['BC-07', { module: 'unittest.mock' }, "Remove 'unittest' from excludes=[…] in the spec file (or 'unittest.mock'); if it is not " +
    "there, add hiddenimports=['unittest.mock'] to Analysis(…)"],
  ['BC-08', { module: 'pytest' }, "Add excludes=['pytest'] to Analysis(…) in the spec file"],
  ['BC-10', { distribution: 'redis', version: '5' }, 'Build again from the locked environment, with pyinstaller --clean'],
  ['BC-12', { module: 'acme.v1.jobs_pb2' }, "Add hiddenimports=collect_submodules('acme.v1') to Analysis(…) in the " +
    'spec file (with from PyInstaller.utils.hooks import collect_submodules above it)'],
  ['BC-12', { module: 'acme.v1.jobs_pb2', modules: 'acme.v1.jobs_pb2, acme.v1.x_pb2' }, "Add hiddenimports=['acme.v1.jobs_pb2', " +
    "'acme.v1.x_pb2'] to Analysis(…) in the spec file"],
  ['BC-13', { package: 'acme.rules' }, "Add module_collection_mode={'acme': 'pyz+py'} to Analysis(…) in the spec file"],
  ['TW-17', {}, "Add hiddenimports=['temporalio.worker.workflow_sandbox._in_sandbox'] to Analysis(…) in the spec file"],
  ['TW-18', {}, 'Add a runtime hook to Analysis(runtime_hooks=[…]) that contains:\nimport io, pyimod01_archive, ' +
    'pyimod02_importers\npyimod01_archive.open = io.open\npyimod02_importers.open = io.open'],
  ['PM-08', { module: 'redis' }, nothing],
  ['toString', {}, nothing],
])('%s %j', (hazard, args, text) => {
  expect(said(hazard, args)).toBe(text);
});

describe('a name out of a hostile log changes nothing', () => {
  const hostile = [
    '', '..', '.', 'a..b', 'a.', '-a', "x'] + __import__('os').system('id') #", 'a b', 'a\nb', 'ä', 'x'.repeat(201), '$(id)', '"""',
    '\u0000', '__proto__ ',
  ];
  test.each(hostile)('%j', (name) => {
    for (const hazard of [
      'BC-01', 'BC-02', 'BC-03', 'BC-07', 'BC-08', 'BC-12', 'BC-13',
    ]) expect(said(hazard, { module: name })).toBe(nothing);
    expect(said('BC-06', { distribution: 'a', module: name })).toBe(nothing);
  });

  test.each(
    [
      '../a', 'a/../b', '/etc/passwd', 'a/./b', 'a//..', '~/x', 'a/b\nc', "a'/b", `a/${'x'.repeat(201)}`, '..', '', 'a/'.repeat(50),
      'prompts dir/x',
    ],
  )('a file %j', (file) => {
    expect(said('BC-04', { file })).toBe(nothing);
  });

  test.each(['-x', 'x-', 'a b', "a'", '../a', '', '.a'])('a distribution %j', (distribution) => {
    expect(said('BC-05', { distribution })).toBe(nothing);
  });

  test('a list without end', () => {
    expect(said('BC-02', { modules: Array.from({ length: 201 }, (_, index) => `m${index}`).join(',') })).toBe(nothing);
    expect(said('BC-02', { modules: 'a,,b' })).toBe(nothing);
  });
});

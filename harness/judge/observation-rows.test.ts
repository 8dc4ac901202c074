import { expect, test } from 'vitest';
import type { Observation, ObservationKind } from '../model/observation.ts';
import { hazards } from '../runtimes/pyinstaller/hazards/hazards.ts';

const observation = (kind: ObservationKind, args: Record<string, string>): Observation => (
  { kind, args, line: 'what was read', names: [] }
);
const lazy = observation('missing-module', { module: 'app.tools.shell', modules: 'app.tools.shell, app.tools.web' });

const rows: readonly [Observation, string, RegExp, RegExp][] = [
  [
    lazy, 'BC-02', /^`app\.tools\.shell, app\.tools\.web` are imported at run time, but are not in the binary\.$/,
    /^Add hiddenimports=\['app\.tools\.shell', 'app\.tools\.web'\] to Analysis/,
  ],
  [
    observation('missing-module', { module: 'tabulate', importer: 'app.table', distribution: 'tabulate 0.9.0' }), 'BC-02',
    /^`tabulate` is imported at run time by `app\.table`, but is not in the binary, although tabulate 0\.9\.0 is installed\.$/,
    /hiddenimports=\['tabulate'\]/,
  ],
  [observation(
    'missing-module', { module: 'groq.a', package: 'groq', distribution: 'groq 1.0' },
  ), 'BC-02', /^`modules of groq` are imported .* although groq 1\.0 is installed\.$/, /hiddenimports=collect_submodules\('groq'\)/],
  [observation(
    'missing-module', { module: 'unittest', standardLibrary: 'yes' },
  ), 'BC-07', /`unittest` is imported/, /^Remove 'unittest' from excludes=/],
  [observation('missing-module', { module: 'acme.v1.thing_pb2' }), 'BC-12', /acme\.v1\.thing_pb2/, /collect_submodules\('acme\.v1'\)/],
  [observation(
    'missing-module', { module: 'temporalio.worker.workflow_sandbox._in_sandbox' },
  ), 'TW-17', /exec string/, /hiddenimports=\['temporalio\.worker\.workflow_sandbox\._in_sandbox'\]/],
  [
    observation('unrun-module', { modules: 'app.b, app.c', pattern: 'app.*', loaded: 'app.a', importer: 'app.load' }), 'BC-02',
    /^`app\.load` has loaded `app\.a` by a name that it makes up \(app\.\*\)\. Such a name may ask for `app\.b, app\.c` too, which are not/,
    /^Is a value that needs them ever given\?.* Add hiddenimports=\['app\.b', 'app\.c'\]/,
  ],
  [
    observation(
      'other-kind',
      { module: 'multipart', frozen: 'package', loaded: 'module', file: 'multipart.py', distributions: 'multipart 1.3.0 and ' +
        'python-multipart 0.0.21' },
    ),
    'BC-01', /multipart 1\.3\.0 and python-multipart 0\.0\.21, provide `multipart`.*module multipart\.py.*froze the package/,
    /copy of multipart\.py .*pathex.*hiddenimports will not help/,
  ],
  [observation(
    'missing-data', { file: 'app/texts/a.txt', files: 'app/texts/a.txt', package: 'app', importer: 'app.greet' },
  ), 'BC-04', /app\/texts\/a\.txt is read at run time by `app\.greet`/, /collect_data_files\('app'\)/],
  [observation(
    'missing-data', { file: 'rules.json', files: 'rules.json', package: 'rules.json' },
  ), 'BC-04', /rules\.json/, /datas=\[\('rules\.json', '\.'\)\]/],
  [observation(
    'missing-metadata', { distribution: 'app', importer: 'app.version' },
  ), 'BC-05', /metadata of the distribution app .*by `app\.version`/, /copy_metadata\('app'\)/],
  [observation(
    'missing-plugins', { namespace: 'ns', modules: 'ns.one, ns.two' },
  ), 'BC-03', /`ns` is in the binary, but empty/, /hiddenimports=\['ns', 'ns\.one', 'ns\.two'\]/],
  [observation(
    'missing-data', { file: 'a/m/env.py', files: 'a/m/env.py', package: 'a', imports: 'logging.config' },
  ), 'BC-04', /nor is what such files import: logging\.config/, /include_py_files=True.*hiddenimports=\['logging\.config'\]/],
  [observation(
    'missing-library', { libraries: 'tls/lib/tls-x86.so', package: 'tls', importer: 'tls.cffi' },
  ), 'BC-04', /by its path by `tls\.cffi`.*tls-x86\.so/, /collect_dynamic_libs\('tls', search_patterns=\['\*\.so'\]\)/],
  [observation(
    'coped-metadata', { distributions: 'hf_xet', importers: 'hub.runtime' },
  ), 'BC-05', /metadata of hf_xet are found.*\(hub\.runtime\)/, /^Is it that\? Add datas=copy_metadata\('hf_xet'\)/],
  [observation('coped-source', { modules: 'app.tools' }), 'BC-13',
    /source of app\.tools is read/, /^Is it that\?.*'app\.tools': 'pyz\+py'/],
  [observation(
    'missing-listing', { package: 'app.skills', modules: 'app.skills.a, app.skills.b', by: 'files', folder: 'app/skills', importer: 'app' },
  ), 'BC-03', /`app` finds modules by looking into the folder.*app\/skills holds none/, /'app\.skills': 'pyz\+py'.*'app\.skills\.b'/],
  [observation(
    'missing-listing', { package: 'app.skills', modules: 'app.skills.a', by: 'modules', folder: 'app/skills' },
  ), 'BC-03', /^The worker finds modules by listing the package/, /hiddenimports=\['app\.skills\.a'\]/],
  [observation(
    'missing-entry-point', { distribution: 'app', group: 'tools', name: 'count', target: 'app.count', missing: 'metadata' },
  ), 'BC-06', /entry point count of the group tools is not in the binary/, /copy_metadata\('app'\).*hiddenimports=\['app\.count'\]/],
  [observation(
    'missing-entry-point', { distribution: 'app', group: 'tools', name: 'count', target: 'app.count', missing: 'module' },
  ), 'BC-06', /its module `app\.count` is not there/, /hiddenimports=\['app\.count'\]/],
  [observation('stale-source', { module: 'app.m', file: 'app/m.py' }), 'BC-10', /`app\.m` is not made from app\/m\.py/, /--clean/],
  [observation(
    'other-version',
    { distribution: 'redis', found: '7.0.0', locked: '8.1.0', file: 'uv.lock', sync: 'uv sync', build: 'uv run pyinstaller --clean' },
  ), 'BC-10', /redis 7\.0\.0, uv\.lock says 8\.1\.0/, /Run uv sync, then rebuild with uv run pyinstaller --clean and/],
  [observation('development-tool', { module: 'pytest' }), 'BC-08', /`pytest` is in the binary/, /excludes=\['pytest'\]/],
  [observation('secret', { what: 'an Anthropic API key', where: '.env' }), 'SE-01', /an Anthropic API key is frozen/, /Revoke it/],
  [observation(
    'glibc-floor', { member: 'libx.so', needs: '2.38', allowed: '2.28', blame: 'the build machine', origin: 'build machine' },
  ), 'NA-01', /libx\.so needs glibc 2\.38/, /Build on a distribution with glibc 2\.28/],
  [observation(
    'glibc-floor', { member: 'n/_n.so', needs: '2.38', allowed: '2.28', blame: 'n 1.0', origin: 'wheel' },
  ), 'NA-01', /comes from n 1\.0/, /manylinux_2_28/],
  [observation(
    'macos-floor', { member: 'libx.dylib', needs: '14.0', allowed: '12.0', blame: 'the build machine' },
  ), 'NA-09', /needs macOS 14\.0/, /MACOSX_DEPLOYMENT_TARGET=12\.0/],
  [observation(
    'foreign-member', { member: 'libx.so', found: 'linux-arm64', expected: 'linux-amd64' },
  ), 'NA-02', /built for linux-arm64/, /linux-amd64/],
  [observation(
    'other-python', { found: '3.10', expected: '>=3.11', against: 'the contract' },
  ), 'BC-10', /Python 3\.10, the contract says >=3\.11/, /environment: pyinstaller --clean with the spec file/],
  [observation('damaged-member', { member: 'libx.so' }), 'BC-16', /libx\.so in the binary is damaged/, /download or build/],
  [observation(
    'colliding-library', { library: 'libz.so.1', places: 'libz.so.1 (1 kB), a/libz.so.1 (2 kB)' },
  ), 'BC-15', /different libraries called libz\.so\.1: libz/, /all but one libz\.so\.1 out of a\.binaries/],
  [observation('packed-library', { member: 'a.dll' }), 'NA-05', /^a\.dll was packed by UPX/, /upx=False/],
  [observation(
    'missing-runtime-library', { library: 'VCRUNTIME140.dll', member: 'a.pyd' },
  ), 'NA-09', /^a\.pyd needs VCRUNTIME140\.dll/, /Visual C\+\+ runtime/],
  [observation('missing-ca-bundle', {}), 'EN-04', /not its certifi\/cacert\.pem/, /collect_data_files\('certifi'\)/],
  [observation(
    'closed-sandbox', { workflows: 'app.flows' },
  ), 'TW-18', /workflows \(app\.flows\).*if a workflow fails or logs an exception/, /runtime hook[^]*pyimod02_importers\.open = io\.open/],
  [observation('workflow-in-entry', { script: 'main' }), 'TW-01', /^Its entry script main defines a workflow: .* start\.$/, /^Move the/],
  [observation('ignored-signals', {}), 'PM-04', /never reaches the worker/, /bootloader_ignore_signals=False/],
  [observation(
    'fixed-folder', { folder: './unpacked' },
  ), 'ST-04', /^It unpacks into \.\/unpacked .* cannot write there\.$/, /runtime_tmpdir=None/],
  [observation('fixed-folder', { folder: '/tmp' }), 'ST-04', /into \/tmp /, /TMPDIR/],
  [observation('fixed-folder', { folder: '/var/tmp/agent' }), 'SE-03',
    /another user can make that folder first/, /only its user can write/],
  [observation('no-console', {}), 'EN-14', /without a console/, /console=True/],
  [observation('no-asserts', { level: 'O' }), 'EN-15', /runs it with -O: assert statements are stripped/, /optimize=0/],
  [observation('no-asserts', { level: 'OO' }), 'BC-17', /docstrings are gone/, /^Set optimize=0/],
  [observation('no-asserts', { level: 'OO', guess: 'yes' }), 'BC-17', /docstrings are gone/, /^Does what failed .*\? Set optimize=0/],
  [observation('no-asserts', { level: 'O', compiled: 'yes' }), 'BC-17', /with optimize=1: assert/, /^Does what failed need an assert\? /],
  [observation('lost-state', { files: 'state.db', kept: 'from source' }), 'EN-08', /writes state\.db beside its code/, /^Write what is/],
  [observation('lost-state', { files: 'state.db' }), 'EN-08', /writes state\.db into the folder/, /^Is it to be there .*\? Then write/],
  [observation('misaligned-library', { members: 'a.libs/a.so' }), 'NA-12', /strip=True has damaged .*: a\.libs\/a\.so\./, /strip=False/],
  [observation(
    'old-freezer', { before: '6.0', advisory: 'CVE-2025-59042', danger: 'it is open' },
  ), 'SE-04', /before 6\.0, to which CVE-2025-59042 applies: it is open\./, /Upgrade PyInstaller to 6\.0/],
  [observation(
    'build-path', { folder: '/home/ada', modules: 'app.main and 2 more' },
  ), 'SE-07', /\/home\/ada is named by app\.main and 2 more/, /6\.16 or later/],
  [
    observation('missing-data', { file: 'app/a.txt', files: 'app/a.txt, app/b.txt', package: 'app' }), 'BC-04',
    /^app\/a\.txt, app\/b\.txt are read at run time, but are not in the binary/, /collect_data_files\('app'\)/,
  ],
  [
    observation('missed-file', { file: 'app/a.json', files: 'app/a.json', package: 'app' }), 'BC-04',
    /asks for app\/a\.json where it unpacks itself, and finds nothing/, /collect_data_files\('app'\)/,
  ],
  [
    observation('missed-file', { libraries: 'app/fast.so', package: 'app' }), 'BC-04', /asks for app\/fast\.so where/,
    /collect_dynamic_libs\('app'/,
  ],
  [
    observation('written-beside', { files: 'app/notes.db' }), 'EN-08', /^From source the worker writes app\/notes\.db beside its code/,
    /^Is it that\? Then write below a folder that is the same/,
  ],
  [
    observation('unresolved-import', { module: 'clerk', importer: 'main' }), 'BC-10', /^`main` imports `clerk` as soon as the worker st/,
    /^Was it built .*\? Name the folder in which `clerk` lies in pathex/,
  ],
  [
    observation('spoken-file', { module: 'app.ask', file: 'prompt.md' }), 'BC-04', /^`app\.ask` names prompt\.md and asks where its own/,
    /^Is it read at run time\? Then add datas=\[\('…\/prompt\.md', '…'\)\]/,
  ],
  [observation('outlives-parent', { command: '/opt/worker' }), 'PM-03', /`\/opt\/worker` outlives it/, /\?.*PR_SET_PDEATHSIG/],
];

test.each(rows)('%o', (found, hazard, cause, remedy) => {
  const row = hazards.observations[found.kind];
  expect(row.hazard(found.args)).toBe(hazard);
  expect(row.cause(found.args)).toMatch(cause);
  expect(row.cause(found.args)).not.toContain('undefined');
  expect(row.remedy(found.args)).toMatch(remedy);
  expect(row.remedy(found.args)).not.toContain('undefined');
});

test('every kind of observation has a tested row', () => {
  expect(Object.keys(hazards.observations).filter((kind) => !rows.some(([found]) => found.kind === kind))).toEqual([]);
});

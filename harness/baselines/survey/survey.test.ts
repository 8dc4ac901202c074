import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test as base } from 'vitest';
import { readBundle } from '../../runtimes/subject.ts';
import { referenceExecutable } from '../../runtimes/pyinstaller/bundles.testing.ts';
import { surveyBaseline, type Survey } from './survey.ts';
import { makeEnvironment, plainBaseline, referenceBaseline } from './survey.testing.ts';

const test = base.extend<{ folder: string }>({
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'frostgate-survey-')));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

const named = ({ distributions }: Survey, name: string) => distributions.find((each) => each.name === name);

test('the reference: its Python is the one that froze it, its distributions are those of the bundle', async () => {
  const [survey, bundle] = [await surveyBaseline(await referenceBaseline(), { namespaces: [] }), await readBundle(referenceExecutable())];
  if (bundle.kind === 'opaque') throw new Error('the reference executable is not read as a bundle');
  expect(survey.bytecodeMagic).toBe(bundle.bytecodeMagic);
  expect(survey.pythonVersion).toMatch(new RegExp(`^${bundle.pythonVersion.replace('.', '\\.')}\\.\\d+`));
  const installed = survey.distributions.map(({ name, version, folder }) => ({ name, version, folder }));
  expect(installed).toEqual(expect.arrayContaining(bundle.distributions.map(({ name, version, folder }) => ({ name, version, folder }))));
});

test('the reference: where import names begin, also in namespace packages, and who shares one', async () => {
  const survey = await surveyBaseline(await referenceBaseline(), { namespaces: [] });
  expect(named(survey, 'protobuf')?.topLevel).toEqual(['google._upb._message', 'google.protobuf']);
  expect(named(survey, 'PyYAML')?.topLevel).toEqual(['_yaml', 'yaml']);
  expect(named(survey, 'langgraph-prebuilt')?.topLevel).toEqual(['langgraph.prebuilt']);
  expect(named(survey, 'typing_extensions')?.topLevel).toEqual(['typing_extensions']);
  expect(named(survey, 'types-protobuf')?.topLevel).toEqual([]);
  expect(named(survey, 'agent-runner')).toMatchObject({
    topLevel: expect.arrayContaining(['agent_runner']),
    entryPoints: [{ group: 'agent_runner.tools', name: 'word_count', target: 'agent_runner.tools.word_count:word_count' }],
  });
  expect(survey.providers).toEqual({ langgraph: ['langgraph', 'langgraph-checkpoint', 'langgraph-prebuilt'] });
});

test('the reference: the folders, each in one place, and the children of namespaces', async () => {
  const baseline = await referenceBaseline();
  const { sourceFolders, packageFolders, standardLibrary, children } = await surveyBaseline(baseline, {
    namespaces: ['agent_runner.tools', 'google', 'tiktoken_ext', 'json', 'no_such.package', 'typing_extensions'],
  });
  expect(sourceFolders).toEqual([await realpath(baseline.directory)]);
  expect(packageFolders.every((folder) => folder.endsWith('site-packages'))).toBe(true);
  expect(standardLibrary.filter((folder) => packageFolders.includes(folder) || sourceFolders.includes(folder))).toEqual([]);
  expect(children).toMatchObject({
    'agent_runner.tools': ['fetch_url', 'run_shell', 'service_health', 'word_count'].map((name) => `agent_runner.tools.${name}`),
    google: ['google.protobuf'],
    tiktoken_ext: ['tiktoken_ext.openai_public'],
    json: ['json.decoder', 'json.encoder', 'json.scanner', 'json.tool'],
    'no_such.package': [],
    typing_extensions: [],
  });
});

test('sources come from .pth files and from finders of editable installations; no import runs them', async ({ folder }) => {
  const { python, sitePackages } = await makeEnvironment(join(folder, 'environment'));
  await write(folder, {
    'project/main.py': '',
    'linked/linked_package/__init__.py': 'raise SystemExit("imported")',
    'src/found/__init__.py': 'raise SystemExit("imported")',
    'src/found/inner.py': '',
    'other/renamed/__init__.py': '',
  });
  await write(sitePackages, {
    'linked.pth': `${join(folder, 'linked')}\n`,
    'linked_dist-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: Linked.Dist\nVersion: 1.0\n',
    // It was elsewhere once.
    'linked_dist-1.0.dist-info/RECORD': '/gone/linked.pth,,\nlinked.pth,,\n"linked_dist-1.0.dist-info/METADATA",,\n',
    '__editable__.found.pth': 'import __editable___found_finder; __editable___found_finder.install()\n',
    '__editable___found_finder.py': `
import sys
from importlib.machinery import PathFinder
MAPPING = ${JSON.stringify({ found: join(folder, 'src/found'), other_name: join(folder, 'other/renamed') })}
class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return PathFinder.find_spec(name, [${JSON.stringify(join(folder, 'src'))}]) if name in MAPPING else None
def install():
    print("noise", end="")
    sys.meta_path.append(Finder)
`,
  });
  const survey = await surveyBaseline(plainBaseline(join(folder, 'project'), python), { namespaces: ['found', 'linked_package'] });
  expect(survey.sourceFolders).toEqual(['project', 'linked', 'src'].map((name) => join(folder, name)));
  expect(named(survey, 'Linked.Dist')).toMatchObject({ version: '1.0', folder: 'linked_dist-1.0.dist-info', topLevel: ['linked_package'] });
  expect(survey.children).toEqual({ found: ['found.inner'], linked_package: [] });
});

test('a project may have modules that are called as those of the standard library, and PYTHONPATH does not count', async ({ folder }) => {
  await write(folder, { 'main.py': '', 'json.py': 'raise SystemExit(1)', 'csv.py': 'raise SystemExit(1)', 'elsewhere/x.py': '' });
  process.env['PYTHONPATH'] = join(folder, 'elsewhere');
  try {
    expect((await surveyBaseline(plainBaseline(folder), { namespaces: [] })).sourceFolders).toEqual([folder]);
  } finally {
    delete process.env['PYTHONPATH'];
  }
});

test('an interpreter that is not there: one sentence with what to do', async ({ folder }) => {
  const asked = surveyBaseline(plainBaseline(folder, join(folder, 'no-python')), { namespaces: [] });
  await expect(asked).rejects.toThrow(
    /its interpreter .*no-python does not answer .*; run: cd .* && python -m venv \.venv && .*pip install -e \.$/,
  );
});

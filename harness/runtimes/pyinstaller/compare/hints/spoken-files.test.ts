import { expect, test } from 'vitest';
import { inFolder } from '../real-bundles.testing.ts';
import { compiled, writtenBundle } from '../written-bundle.testing.ts';
import { readMentions } from '../../examine.ts';
import { spokenFiles } from './spoken-files.ts';

/** Of the Python that the tests have. */
const bytecodeMagic = 3495;
const workflow = 'from temporalio import workflow\n@workflow.defn\nclass W:\n  @workflow.run\n  async def run(self): pass\n';

async function asked(source: string, held: readonly string[] = [], module = 'clerk.jobs'): Promise<readonly (string | undefined)[]> {
  const found: (string | undefined)[] = [];
  await inFolder(async (folder) => {
    const code = { 'clerk.flow': await compiled(workflow), [module]: await compiled(source) };
    const bundle = { ...await writtenBundle(folder, Object.fromEntries(held.map((name) => [name, ''])), code), bytecodeMagic };
    found.push(...(await spokenFiles(bundle, await readMentions(bundle))).map(({ args }) => args['file']));
  });
  return found;
}

const reading = 'from pathlib import Path\nPROMPTS = Path(__file__).parent / "prompts"\n' +
  'def ask():\n  return (PROMPTS / "system.md").read_text()';

test.each([
  ['a file that is read beside the code', reading, [], ['system.md']],
  ['a resource of a package', 'from importlib.resources import files\nx = files("clerk") / "texts/a.json"', [], ['texts/a.json']],
  ['one that is inside', reading, ['clerk/prompts/system.md'], []],
  ['a name where nobody asks for a place', 'NAME = "system.md"', [], []],
  ['a file that the module writes itself', `${reading}\ndef keep():\n  (PROMPTS / "a.db").write_text("")`, [], []],
  ['a text that is no name of a file', 'x = __file__\ny = "see the file notes.md for more"', [], []],
] as const)('%s', async (_name, source, held, files) => {
  expect(await asked(source, held)).toEqual(files);
});

test('a library is asked about, too, after the program; what is of packaging is not', async () => {
  expect(await asked(reading, [], 'library.core')).toEqual(['system.md']);
  expect(await asked(reading, [], 'importlib.metadata')).toEqual([]);
  await inFolder(async (folder) => {
    const [flow, own, others] = await Promise.all([workflow, reading, reading.replaceAll('system', 'prices')].map((source) => (
      compiled(source)
    )));
    const code = { 'a.core': others ?? '', 'clerk.flow': flow ?? '', 'clerk.jobs': own ?? '' };
    const bundle = { ...await writtenBundle(folder, {}, code), bytecodeMagic };
    expect((await spokenFiles(bundle, await readMentions(bundle))).map(({ args }) => args['module'])).toEqual(['clerk.jobs', 'a.core']);
  });
});

test('nothing is asked where the bytecode cannot be read', async () => {
  await inFolder(async (folder) => {
    const code = { 'clerk.flow': await compiled(workflow), 'clerk.jobs': await compiled(reading) };
    const bundle = { ...await writtenBundle(folder, {}, code), bytecodeMagic: 3413 };
    expect(await spokenFiles(bundle, await readMentions(bundle))).toEqual([]);
  });
});

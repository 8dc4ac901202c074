import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { surveyBaseline } from '../../../baselines/survey/survey.ts';
import { referenceBaseline } from '../../../baselines/survey/survey.testing.ts';
import { bundlesFolder } from '../bundles.testing.ts';
import { CouldNotJudge } from '../../../model/errors.ts';
import { inFolder, readFrozen, readReference, readSabotaged } from './real-bundles.testing.ts';
import { staleSources } from './sources.ts';

const none = { namespaces: [] };
const own = { installed: false };

test.each(['reference', 'honest'])('the %s is what the project gives now', async (name) => {
  const baseline = await referenceBaseline();
  const bundle = name === 'honest' ? await readSabotaged(name) : await readReference();
  const { compared, observations } = await staleSources(bundle, baseline, await surveyBaseline(baseline, none), own);
  expect(observations).toEqual([]);
  expect(compared).toBeGreaterThan(10);
});

test('with all that is installed, the reference is what its environment gives', async () => {
  const baseline = await referenceBaseline();
  const { compared, observations } = await staleSources(await readReference(), baseline, await surveyBaseline(baseline, none), {
    installed: true,
  });
  expect([compared > 3_000, observations]).toEqual([true, []]);
});

test('the variant with one older module names it and its source', async () => {
  const baseline = await referenceBaseline();
  const survey = await surveyBaseline(baseline, none);
  expect((await staleSources(await readSabotaged('stale-source'), baseline, survey, own)).observations).toEqual([{
    kind: 'stale-source',
    args: { module: 'agent_runner.sandbox', file: 'agent_runner/sandbox.py' },
    line: 'agent_runner.sandbox was frozen from another state of agent_runner/sandbox.py than the one that is there now',
    names: ['module:agent_runner.sandbox'],
  }]);
});

test('a project that has moved on: its entry script, a module, one that is gone', async () => {
  await inFolder(async (folder) => {
    const reference = await referenceBaseline();
    for (const name of ['main.py', 'agent_runner']) {
      await cp(join(reference.directory, name), join(folder, name), {
        recursive: true, filter: (path) => !path.endsWith('logs.py') && !path.includes('__pycache__'),
      });
    }
    const change = async (file: string, added: string) =>
      await writeFile(join(folder, file), `${await readFile(join(folder, file), 'utf8')}\n${added}\n`);
    await change('main.py', 'changed = 1');
    await change('agent_runner/models.py', 'changed = 1');
    await change('agent_runner/rules.py', '# only a comment');
    const baseline = { ...reference, directory: folder };
    const { observations: facts } = await staleSources(await readReference(), baseline, await surveyBaseline(baseline, none), own);
    expect(facts.map(({ line }) => line).toSorted()).toEqual([
      'agent_runner.logs is inside, but its source agent_runner/logs.py is no longer there',
      'agent_runner.models was frozen from another state of agent_runner/models.py than the one that is there now',
      'main was frozen from another state of main.py than the one that is there now',
    ]);
  });
});

test('an entry script that was renamed after the build is told; that the baseline starts with another one is not', async () => {
  await inFolder(async (folder) => {
    const reference = await referenceBaseline();
    await cp(join(reference.directory, 'agent_runner'), join(folder, 'agent_runner'), { recursive: true });
    const told = async (entry: string): Promise<string[]> => {
      const baseline = { ...reference, directory: folder, entry };
      const { observations } = await staleSources(await readReference(), baseline, await surveyBaseline(baseline, none), own);
      return observations.map(({ line }) => line);
    };
    await cp(join(reference.directory, 'main.py'), join(folder, 'start.py'));
    expect(await told('start.py')).toEqual(['it starts with the script main.py, which lies nowhere in the project any more']);
    await mkdir(join(folder, 'scripts'));
    await cp(join(reference.directory, 'main.py'), join(folder, 'scripts', 'main.py'));
    expect(await told('start.py')).toEqual([]);
  });
});

test('code of another Python, and none at all, cannot be judged', async () => {
  const baseline = await referenceBaseline();
  const [bundle, survey] = [await readReference(), await surveyBaseline(baseline, none)];
  await expect(staleSources(bundle, baseline, { ...survey, pythonVersion: '3.12.1', bytecodeMagic: 3531 }, own)).rejects.toThrow(
    new CouldNotJudge('the executable holds code of Python 3.11, the baseline runs 3.12.1: whether it is that of the project cannot be ' +
      'told; install the project with the Python that froze it'),
  );
  await expect(
    staleSources({ ...bundle, oddities: [{ kind: 'encrypted-code', sentence: '' }] }, baseline, survey, own),
  ).rejects.toThrow(CouldNotJudge);
  const { bytecodeMagic: _, ...without } = bundle;
  await expect(staleSources(without, baseline, survey, own)).rejects.toThrow(CouldNotJudge);
});

test('an executable of something else has nothing of the project in it', async () => {
  const baseline = await referenceBaseline();
  const frozen = await readFrozen(join(bundlesFolder, 'one-file'));
  const survey = await surveyBaseline(baseline, none);
  const { compared, observations } = await staleSources(frozen, { ...baseline, entry: 'other.py' }, survey, own);
  expect(compared).toBe(0);
  expect(observations.map(({ line }) => line)).toEqual(['it starts with the script hello.py, which lies nowhere in the project any more']);
});

import { expect, test } from 'vitest';
import type { Script } from '../../../bundle.ts';
import { inFolder, readReference, readSabotaged } from '../real-bundles.testing.ts';
import { compiled, writtenBundle } from '../written-bundle.testing.ts';
import { examine, readMentions } from '../../examine.ts';
import type { Mentions } from './mentions.ts';

const workflow = 'from temporalio import workflow\n@workflow.defn\nclass W:\n  @workflow.run\n  async def run(self): pass\n';
const activity = 'from temporalio import activity\n@activity.defn\ndef act(): pass\n';
const hook = 'import io, pyimod02_importers\npyimod02_importers.open = io.open\n';
const allowed = 'from temporalio.worker.workflow_sandbox import SandboxRestrictions as R\nM = ' +
  'R.invalid_module_members_default.with_child_unrestricted("__builtins__", "open")\n';
const other = 'from temporalio.worker.workflow_sandbox import SandboxRestrictions as R\nM = ' +
  'R.invalid_module_members_default.with_child_unrestricted("datetime", "now")\n';
const none = 'from temporalio.worker import UnsandboxedWorkflowRunner\n';

async function mentionsOf(
  modules: Readonly<Record<string, string>>, scripts: readonly (Script & { source: string })[] = [],
): Promise<Omit<Mentions, 'buildPaths' | 'noAsserts'>> {
  let found: Mentions | undefined;
  await inFolder(async (folder) => {
    const code = Object.fromEntries(
      await Promise.all(Object.entries(modules).map(async ([name, source]) => [name, await compiled(source)] as const)),
    );
    const scriptCode = await Promise.all(scripts.map(async ({ source, ...script }) => ({ ...script, code: await compiled(source) })));
    const bundle = await writtenBundle(folder, {}, code, scriptCode);
    found = await readMentions(bundle);
    expect((await examine(bundle)).mentions).toEqual(found); // in the pass over all bytes, too
  });
  const { workflows = [], entryWorkflows = [], opensSandbox = false, unsandboxed = false, freezeSupport = false } = found ?? {};
  const { noDocstrings = false } = found ?? {};
  return { workflows, entryWorkflows, opensSandbox, unsandboxed, freezeSupport, noDocstrings };
}

const flow = `${workflow}async def go(): await workflow.execute_activity("x")\n`;
const support = 'import multiprocessing\nmultiprocessing.freeze_support()\n';
const nothing = {
  workflows: [], entryWorkflows: [], opensSandbox: false, unsandboxed: false, freezeSupport: false, noDocstrings: false,
};

test('who defines workflows; activities are none, nor is the SDK itself', async () => {
  expect(
    await mentionsOf({ 'app.flows': workflow, 'app.work': activity, 'temporalio.contrib.x': workflow + none + allowed }),
  ).toEqual({ ...nothing, workflows: ['app.flows'] });
});

test.each([
  ['a module that leaves open alone', { 'app.worker': allowed }, [], { opensSandbox: true }],
  ['one that leaves something else alone', { 'app.worker': other }, [], {}],
  ['a module without a sandbox', { 'app.worker': none }, [], { unsandboxed: true }],
  ['a runtime hook', {}, [{ name: 'sandbox_open', kind: 'runtime hook', source: hook }], { opensSandbox: true }],
  ["one of PyInstaller's own", {}, [{ name: 'pyi_rth_pkgutil', kind: 'runtime hook', source: hook }], {}],
  ['a module that hands over to multiprocessing', { 'app.cli': support }, [], { freezeSupport: true }],
  ['a library that only speaks of it', { 'joblib.parallel': support }, [], {}],
  ['the entry script', {}, [{ name: 'main', kind: 'entry', source: support }], { freezeSupport: true }],
  ['an entry script with a workflow', {}, [{ name: 'main', kind: 'entry', source: flow }], { entryWorkflows: ['main'] }],
  ['one with activities alone', {}, [{ name: 'main', kind: 'entry', source: `${activity}import app.workflow` }], {}],
  ['one without definitions', {}, [{ name: 'main', kind: 'entry', source: 'from temporalio import workflow\nworkflow.unsafe' }], {}],
  ['an entry script without a sandbox', {}, [{ name: 'main', kind: 'entry', source: none }], { unsandboxed: true }],
] as const)('%s', async (_name, modules, scripts, found) => {
  expect(await mentionsOf(modules, scripts)).toEqual({ ...nothing, ...found });
});

test('a script that is damaged or too long is passed over', async () => {
  await inFolder(async (folder) => {
    const bundle = await writtenBundle(folder, {}, {}, [{ name: 'main', kind: 'entry', code: await compiled(none) }]);
    const wrong = bundle.entries.map((entry) => ({ ...entry, sizeBytes: entry.sizeBytes + 1 }));
    const long = bundle.entries.map((entry) => ({ ...entry, sizeBytes: 9_000_000 }));
    for (const entries of [wrong, long]) {
      expect(await readMentions({ ...bundle, entries })).toEqual({ ...nothing, noAsserts: false, buildPaths: [] });
    }
  });
});

test('the reference, and the variant without its hook', async () => {
  const found = {
    workflows: ['agent_runner.workflow'], entryWorkflows: [], unsandboxed: false, freezeSupport: false, noDocstrings: false,
    noAsserts: false, buildPaths: [],
  };
  expect(await readMentions(await readReference())).toEqual({ ...found, opensSandbox: true });
  expect(await readMentions(await readSabotaged('no-open-hook'))).toEqual({ ...found, opensSandbox: false });
});

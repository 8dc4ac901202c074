import { expect, test } from 'vitest';
import { bundleOf } from './bundle.testing.ts';
import type { Mentions } from './hints/mentions.ts';
import { closedSandbox, missingSandboxModule, sandboxModule, workflowInEntry } from './sandbox.ts';

const runner = 'temporalio.worker.workflow_sandbox._runner';
const mentions = (more: Partial<Mentions> = {}): Mentions => ({
  workflows: ['app.flows'], entryWorkflows: ['main'], opensSandbox: false, unsandboxed: false, freezeSupport: false, noDocstrings: false,
  noAsserts: false, buildPaths: [], ...more,
});

test('the sandbox without what it imports in a string', () => {
  expect(missingSandboxModule(bundleOf([runner]), true)).toMatchObject([{ kind: 'missing-module', names: [`module:${sandboxModule}`] }]);
  expect(missingSandboxModule(bundleOf([runner, sandboxModule]), true)).toEqual([]);
  expect(missingSandboxModule(bundleOf(['app']), true)).toEqual([]);
});

test('a worker that does without the sandbox does not miss it', () => {
  expect(missingSandboxModule(bundleOf([runner]), false)).toEqual([]);
});

test('workflows in a sandbox in which the importer cannot read', () => {
  expect(closedSandbox(bundleOf([runner]), mentions())).toMatchObject([{ kind: 'closed-sandbox', args: { workflows: 'app.flows' } }]);
  expect(
    closedSandbox(bundleOf([runner]), mentions({ workflows: ['a', 'b', 'c', 'd', 'e'] })),
  ).toMatchObject([{ args: { workflows: 'a, b, c, 2 more' } }]);
});

test.each([{ workflows: [] }, { opensSandbox: true }, { unsandboxed: true }])('nothing to say where %o', (more) => {
  expect(closedSandbox(bundleOf([runner]), mentions(more))).toEqual([]);
});

test('a workflow in the entry script, unless the sandbox finds that as a file', () => {
  const bundle = bundleOf([runner]);
  expect(workflowInEntry(bundle, mentions())).toMatchObject([{ kind: 'workflow-in-entry', args: { script: 'main' } }]);
  expect(workflowInEntry(bundle, mentions({ entryWorkflows: [] }))).toEqual([]);
  expect(workflowInEntry(bundle, mentions({ unsandboxed: true }))).toEqual([]);
  expect(workflowInEntry(bundleOf([]), mentions())).toEqual([]);
  const [entry] = bundleOf([runner], ['main.py']).entries;
  if (entry === undefined) throw new Error('the bundle has an entry');
  expect(workflowInEntry({ ...bundle, entries: [entry] }, mentions())).toEqual([]);
});

test('a worker without the SDK has no sandbox', () => {
  expect(closedSandbox(bundleOf([]), mentions())).toEqual([]);
});

import type { FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';
import type { Mentions } from './hints/mentions.ts';
import { someOf } from './told.ts';

const sandbox = 'temporalio.worker.workflow_sandbox';
const shownWorkflows = 3;

/** What the Temporal SDK imports inside a string, where PyInstaller cannot see it. */
export const sandboxModule = `${sandbox}._in_sandbox`;

/**
 * The sandbox of the Temporal SDK without the module that it imports inside a string (TW-17): a sandboxed workflow cannot start. `isUsed`
 * is whether the baseline loaded it or, where nothing was recorded, whether nothing speaks against it.
 */
export function missingSandboxModule(bundle: FrozenBundle, isUsed: boolean): Observation[] {
  if (!isUsed || !holds(bundle, `${sandbox}._runner`) || holds(bundle, sandboxModule)) return [];
  const line = `${sandboxModule} is not in the executable, ${sandbox}._runner is`;
  return [{ kind: 'missing-module', args: { module: sandboxModule, modules: sandboxModule }, line, names: [`module:${sandboxModule}`] }];
}

/** Workflows in a sandbox that does not let PyInstaller's importer read, as far as the names in the code tell (TW-18). */
export function closedSandbox(bundle: FrozenBundle, { workflows, opensSandbox, unsandboxed }: Mentions): Observation[] {
  if (workflows.length === 0 || opensSandbox || unsandboxed || !holds(bundle, `${sandbox}._runner`)) return [];
  const named = someOf(workflows, shownWorkflows);
  const line = `${named}: workflows, and no script or module gives PyInstaller's importer another open()`;
  return [{ kind: 'closed-sandbox', args: { workflows: named }, line, names: [] }];
}

/**
 * A workflow in the entry script (TW-01): the sandbox imports its file, which a frozen script is not unless it is a data file at the top,
 * too.
 */
export function workflowInEntry(bundle: FrozenBundle, { entryWorkflows, unsandboxed }: Mentions): Observation[] {
  if (unsandboxed || !holds(bundle, `${sandbox}._runner`)) return [];
  const lost = entryWorkflows.filter((script) => !bundle.entries.some(({ name }) => name === `${script}.py`));
  return lost.map((script) => (
    { kind: 'workflow-in-entry', args: { script }, line: `${script}: the entry script, with workflow.defn in its code`, names: [] }
  ));
}

function holds({ modules }: FrozenBundle, module: string): boolean {
  return modules.some(({ name }) => name === module);
}

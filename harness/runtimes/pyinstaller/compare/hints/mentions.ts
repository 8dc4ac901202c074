import { BundleError } from '../../../native/bundle-error.ts';
import type { FrozenBundle, Script } from '../../../bundle.ts';
import { eachModuleCode } from '../../module-code.ts';
import { readEntry } from '../../read-entry.ts';
import { plainName } from '../plain-name.ts';
import { buildPathOf, type BuildPath } from './build-paths.ts';

/** What the frozen code mentions by name: a sign of what it does, no proof. */
export type Mentions = {
  /** Modules outside the Temporal SDK that define workflows. */
  readonly workflows: readonly string[];
  /** Something lets PyInstaller's importer call open() inside a workflow. */
  readonly opensSandbox: boolean;
  /** Something runs workflows without a sandbox. */
  readonly unsandboxed: boolean;
  readonly buildPaths: readonly BuildPath[];
};

/** An entry script and a runtime hook have some kilobytes. */
const scriptLimitBytes = 8_000_000;

/** Those two speak of everything that is looked for here. */
const isOther = (module: string) => !/^(?:temporalio|PyInstaller)(?:\.|$)/.test(module);

/**
 * Looks for names in the code of all frozen modules and of the project's scripts, in one pass. Nothing is interpreted; damaged and
 * encrypted code is
 * passed over, which is told by what looks for damage.
 * @throws what the file system throws.
 */
export async function readMentions(bundle: FrozenBundle): Promise<Mentions> {
  const workflows: string[] = [];
  const buildPaths: BuildPath[] = [];
  const found = { opensSandbox: false, unsandboxed: false };
  const look = (code: Buffer): void => {
    found.opensSandbox ||= opensSandbox(code);
    found.unsandboxed ||= code.includes('UnsandboxedWorkflowRunner');
  };
  await eachModuleCode(bundle, (each) => {
    if (!('code' in each)) return;
    const { module: { name }, code } = each;
    const path = buildPathOf(name, code);
    if (path !== undefined) buildPaths.push(path);
    look(code);
    if (definesWorkflows(code)) workflows.push(plainName(name));
  }, ({ name }) => isOther(name));
  for (const code of await scriptCode(bundle)) look(code);
  return { workflows, ...found, buildPaths };
}

/** As the two known ways do it: the importer gets another open, or the sandbox leaves open alone. */
function opensSandbox(code: Buffer): boolean {
  return (code.includes('pyimod02_importers') && code.includes('open')) || (
    code.includes('with_child_unrestricted') && code.includes('__builtins__')
  );
}

function definesWorkflows(code: Buffer): boolean {
  return code.includes('temporalio') && code.includes('workflow') && code.includes('defn');
}

/** PyInstaller's own hooks name its importer too, and change nothing there. */
function isProjects({ name, kind }: Script): boolean {
  return kind === 'entry' || (kind === 'runtime hook' && !name.startsWith('pyi_rth_'));
}

async function scriptCode(bundle: FrozenBundle): Promise<Buffer[]> {
  const names = new Set(bundle.scripts.filter(isProjects).map(({ name }) => name));
  const read = bundle.entries.filter(({ role, name }) => role === 'script' && names.has(name)).map(async (entry) => {
    try {
      return [await readEntry(bundle, entry, { limitBytes: scriptLimitBytes })];
    } catch (error) {
      if (error instanceof BundleError) return [];
      throw error;
    }
  });
  return (await Promise.all(read)).flat();
}

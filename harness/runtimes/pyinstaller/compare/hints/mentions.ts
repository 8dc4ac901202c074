import type { Entry, FrozenBundle } from '../../../bundle.ts';
import { Malformed } from '../../../native/errors.ts';
import { readMarshalledCode } from '../../archive/marshal.ts';
import { asserts } from '../../code/functions.ts';
import { isReadable } from '../../code/opcodes.ts';
import { plainName } from '../told.ts';
import { buildPathOf, type BuildPath } from './build-paths.ts';

/** What the frozen code mentions by name: a sign of what it does, no proof. */
export type Mentions = {
  /** Modules outside the Temporal SDK that define workflows. */
  readonly workflows: readonly string[];
  /** Scripts that define workflows: not those that define activities, too, since both have the same names then. */
  readonly entryWorkflows: readonly string[];
  /** Something lets PyInstaller's importer call open() inside a workflow. */
  readonly opensSandbox: boolean;
  /** Something runs workflows without a sandbox. */
  readonly unsandboxed: boolean;
  /** Something beside what makes pools hands over to multiprocessing where that has started the executable. */
  readonly freezeSupport: boolean;
  /** Modules of Python's own are inside, and none of them has its docstring: the code was compiled without (optimize=2). */
  readonly noDocstrings: boolean;
  /** They are inside, and none of them has an assert statement left (optimize=1); only where the bytecode can be read. */
  readonly noAsserts: boolean;
  readonly buildPaths: readonly BuildPath[];
};

/** An entry script and a runtime hook have some kilobytes. */
const scriptLimitBytes = 8_000_000;

/** Those two speak of everything that is looked for here. */
const isOthers = /^(?:temporalio|PyInstaller)(?:\.|$)/;

/** How the docstrings of some modules of Python's begin, from 3.8 to 3.14; nearly every bundle has one of them. */
const docstrings: Readonly<Record<string, string>> = {
  argparse: 'Command-line parsing library', logging: 'Logging package for Python', subprocess: 'Subprocesses with accessible I/O streams',
  threading: "Thread module emulating a subset of Java's threading model", asyncio: 'The asyncio package, tracking PEP 3156',
};

/** Of these, those that assert something, from 3.11 to 3.13. */
const asserting = new Set(['argparse', 'logging', 'subprocess', 'threading']);

/** They speak of freeze_support() and call it for nobody. */
const makesPools = /^(?:multiprocessing|multiprocess|concurrent|joblib|loky|billiard|torch)(?:\.|$)/;

/** One of these is in all code that is of interest; few modules have any. */
const ofInterest = /pyimod02_importers|with_child_unrestricted|UnsandboxedWorkflowRunner|temporalio|[/\\](?:home|Users)[/\\]/;

/** Looks for names in code, given as latin1. */
export type MentionsFinder = {
  readonly module: (name: string, code: string) => void;
  /** Code of a script that `isProjects`. */
  readonly script: (name: string, code: string) => void;
  readonly found: () => Mentions;
};

/** Looks for names in the code of frozen modules and of the project's scripts; nothing is interpreted. */
export function mentionsFinder(magic?: number): MentionsFinder {
  const workflows: string[] = [];
  const entryWorkflows: string[] = [];
  const buildPaths: BuildPath[] = [];
  const found = { opensSandbox: false, unsandboxed: false, freezeSupport: false };
  const documented: boolean[] = [];
  const asserted: boolean[] = [];
  const names = (code: string): void => {
    found.opensSandbox ||= opensSandbox(code);
    found.unsandboxed ||= code.includes('UnsandboxedWorkflowRunner');
  };
  const script = (name: string, code: string): void => {
    names(code);
    if (definesOnlyWorkflows(code)) entryWorkflows.push(plainName(name));
    found.freezeSupport ||= code.includes('freeze_support');
  };
  const module = (name: string, code: string): void => {
    const docstring = Object.hasOwn(docstrings, name) ? docstrings[name] : undefined;
    if (docstring !== undefined) documented.push(code.includes(docstring));
    if (asserting.has(name) && isReadable(magic)) asserted.push(...readAsserts(code, magic));
    found.freezeSupport ||= !makesPools.test(name) && code.includes('freeze_support');
    if (isOthers.test(name) || !ofInterest.test(code)) return;
    const path = buildPathOf(name, code);
    if (path !== undefined) buildPaths.push(path);
    names(code);
    if (definesWorkflows(code)) workflows.push(plainName(name));
  };
  return { module, script, found: () => (
    {
      workflows, entryWorkflows, ...found, noDocstrings: documented.length > 0 && !documented.includes(true),
      noAsserts: asserted.length > 0 && !asserted.includes(true), buildPaths,
    }
  ) };
}

/** Whether a module of Python's own asserts anything; nothing of one that cannot be read. */
function readAsserts(code: string, magic: number): readonly boolean[] {
  try {
    return [asserts(readMarshalledCode(Buffer.from(code, 'latin1')), magic)];
  } catch (error) {
    if (error instanceof Malformed) return [];
    throw error;
  }
}

/** As the two known ways do it: the importer gets another open, or the sandbox leaves open alone. */
function opensSandbox(code: string): boolean {
  return (code.includes('pyimod02_importers') && code.includes('open')) || (
    code.includes('with_child_unrestricted') && code.includes('__builtins__')
  );
}

function definesWorkflows(code: string): boolean {
  return code.includes('temporalio') && code.includes('workflow') && code.includes('defn');
}

/**
 * Names are stored with their lengths: `defn` is that of workflows where no name is `activity`. Who runs them without a sandbox may have
 * them where they are.
 */
function definesOnlyWorkflows(code: string): boolean {
  const names = (name: string): boolean => code.includes(String.fromCharCode(name.length) + name);
  return (names('workflow') || names('temporalio.workflow')) && names('defn') && code.includes('temporalio') &&
    !['activity', 'temporalio.activity', 'sandboxed'].some(names);
}

/** Whether an entry is a script of the project's. PyInstaller's own hooks name its importer too, and change nothing there. */
export function isProjectScript({ scripts }: FrozenBundle, { role, name, sizeBytes }: Entry): boolean {
  if (role !== 'script' || sizeBytes > scriptLimitBytes) return false;
  return scripts.some((script) => script.name === name && (
    script.kind === 'entry' || (script.kind === 'runtime hook' && !name.startsWith('pyi_rth_'))
  ));
}

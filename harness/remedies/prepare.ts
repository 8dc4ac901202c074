import { basename, join, sep } from 'node:path';
import type { Baseline } from '../baselines/baseline.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import type { Workshop } from '../runtimes/pyinstaller/rebuild/build.ts';
import { copyProject } from './copy-project.ts';
import { findSpec } from '../runtimes/pyinstaller/rebuild/spec-file.ts';
import { sourceFolders } from '../runtimes/pyinstaller/rebuild/source-folders.ts';

/** What is rebuilt. */
export type Project = {
  readonly baseline: Pick<Baseline, 'directory' | 'python' | 'manager'>;
  readonly binary: string;
  /** `source.spec` of the contract. */
  readonly specNamed: string | undefined;
  readonly run: RunFolder;
  readonly signal: AbortSignal;
};

/**
 * Copies the project into the run's folder, after making sure that it can be built.
 * @throws {NotTried} when it cannot; the message says what to do.
 */
export async function prepare({ baseline, binary, specNamed, run, signal }: Project): Promise<Workshop> {
  const { directory, python } = baseline;
  const spec = findSpec({ project: directory, binary, named: specNamed });
  const sources = await sourceFolders(baseline, signal);
  const folder = join(run.folder, 'remedies');
  const copy = join(folder, 'project');
  const skippedLinks = await copyProject({ project: directory, target: copy, keep: spec.split(sep)[0], signal });
  return { python, copy, spec, sources, binaryName: basename(binary), skippedLinks, folder, run, signal };
}

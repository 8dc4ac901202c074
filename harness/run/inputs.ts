import { existsSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { environmentOf, findBaseline, readDotenv, usualEntry, type Baseline } from '../baselines/baseline.ts';
import { invocation } from '../cli/invocation.ts';
import type { Options } from '../cli/options.ts';
import { shownPath } from '../cli/shown-path.ts';
import { recordingKey } from '../baselines/recorder/kept.ts';
import { checkSubject } from './check-subject.ts';
import { stretched } from '../contract/stretched.ts';
import { findContract } from '../contract/find.ts';
import { loadContract, type LoadedContract } from '../contract/load.ts';
import { UsageError } from '../model/errors.ts';
import { noteChild, type RunFolder } from '../system/launch/run-folder.ts';
import { buildReference, referenceBinary, referenceProject } from './reference.ts';
import { executableIn } from '../runtimes/native/executable-in.ts';
import { privateValues } from '../runtimes/pyinstaller/compare/secrets/private-values.ts';
import { readSubject } from '../runtimes/read-subject.ts';
import { give } from '../system/between-threads.ts';
import { subjectName } from '../stage/frozen.ts';
import type { WayToRun } from '../system/emulation/emulation.ts';
import { makeCanaries } from './canaries.ts';
import { notRunHere } from './way-to-run.ts';
import { copyArtifact } from './private-copy.ts';
import { previousOf, type Named } from './previous.ts';
import { checkOnly } from './chosen.ts';

/** What is verified, where its project is when that is known, and the last release's where that was named. */
export type Target = Named & { readonly baseline: string | undefined; readonly previous: Named | undefined };

/** Everything that was read before anything is started. */
export type Inputs = Awaited<ReturnType<typeof readInputs>>;

/** The named executable, or the reference agent-runner, which is built. @throws {UsageError} where there is none: it is not packed. */
export async function resolveTarget(
  { binary, baseline, previous: last }: Options, run: RunFolder, say: (line: string) => void, signal: AbortSignal,
): Promise<Target> {
  const previous = last === undefined ? undefined : await named(last, '--previous');
  if (binary !== undefined) return { ...(await named(binary)), baseline, previous };
  if (!existsSync(referenceProject)) throw new UsageError(`name the executable: ${invocation.words.join(' ')} --binary dist/agent-runner`);
  await buildReference(say, signal, run);
  return { named: referenceBinary, identity: await checkSubject(referenceBinary), baseline: baseline ?? referenceProject, previous };
}

/** The executable that was named, or that of a folder: that is released whole, whatever made it. */
async function named(binary: string, flag?: string): Promise<Named> {
  const isFolder = await stat(binary).then((found) => found.isDirectory(), () => false);
  const file = isFolder ? await executableIn(binary) : binary;
  const identity = await checkSubject(file, undefined, flag);
  return { named: file, identity: isFolder ? { ...identity, beside: ['.'] } : identity };
}

/**
 * Reads the contract, finds the baseline, copies the executable and begins to read the copy.
 * @throws {UsageError} for what the user must correct. @throws {InfrastructureError} where it cannot be copied.
 */
export async function readInputs(
  options: Options, target: Target, way: WayToRun, run: RunFolder, say: (line: string) => void,
) {
  const file = findContract({ contract: options.contract, baseline: target.baseline, binary: target.named });
  const loaded = file === undefined ? undefined : await loadContract(file);
  if (file === undefined) say('no contract was found: only the checks that need none will run');
  for (const warning of loaded?.warnings ?? []) say(`warning: ${warning}`);
  checkOnly(options.only, loaded?.contract, target.previous !== undefined);
  const { baseline, absent } = await baselineOf(target, loaded);
  if (options.proveRemedy && baseline === undefined) throw new UsageError(`--prove-remedy builds the worker's project, and ${absent}; ` +
    'name it with --baseline DIR');
  const { profile, soakMinutes, only } = options;
  const emulation = typeof way === 'string' ? undefined : way;
  if (emulation !== undefined) say(`emulated by ${emulation.by}, everything takes about ${emulation.slowdown} times as long`);
  const contract = loaded && (emulation === undefined ? loaded.contract : stretched(loaded.contract, emulation.slowdown));
  const canaries = makeCanaries(loaded?.contract);
  const { files = [] } = loaded?.contract.artifact ?? {};
  const { binary, tree } = await copyArtifact({ named: target.named, beside: target.identity.beside ?? [], files }, run);
  const identity = { ...target.identity, sizeBytes: tree?.sizeBytes ?? target.identity.sizeBytes };
  const previous = target.previous && await previousOf(target.previous, { binary, tree }, files, run, say);
  const context = {
    binary, previous, named: target.named, identity, contract, emulation, notRunHere: notRunHere(way), baseline, profile, soakMinutes,
    only, canaries,
    recordingKey: baseline && loaded && recordingKey(baseline, loaded.sha256),
  };
  const mode = (statSync(target.named).mode & 0o7777).toString(8).padStart(4, '0');
  const listOnly = only.length > 0 && !only.some((name) => /^(?:artifact|bundle)(?:\.|$)/.test(name));
  const values = privateValues(baseline === undefined ? {} : await readDotenv(baseline.directory), loaded?.contract.environment);
  // Being read, in a thread of its own, while everything else is made ready.
  const subject = readSubject({ file: binary, named: target.named }, identity, { listOnly, values }, (reader) => noteChild(run, reader));
  give(subjectName(run), subject);
  return { context, subject, tree, mode, loaded, baselineAbsent: absent };
}

async function baselineOf(
  { baseline: given }: Target, loaded: LoadedContract | undefined,
): Promise<{ baseline: Baseline | undefined; absent: string | null }> {
  const { entry, manager } = loaded?.contract.source ?? {};
  // Without a contract nothing starts the baseline.
  const script = entry ?? (loaded === undefined ? undefined : usualEntry);
  if (given !== undefined) return { baseline: await findBaseline(given, script, manager), absent: null };
  if (loaded === undefined || entry === undefined) return { baseline: undefined, absent: 'no --baseline was given' };
  const project = dirname(loaded.file);
  const found = await environmentOf({ directory: project, entry }, manager);
  if (found?.python !== undefined) return { baseline: await findBaseline(project, entry, manager), absent: null };
  return { baseline: undefined, absent: `no --baseline was given, and ${shownPath(project)}, where the contract is, has no ` +
    `${found?.manager.title ?? 'Python'} environment` };
}

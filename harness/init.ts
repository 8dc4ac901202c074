import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { commands } from './cli/command.ts';
import { exitCode } from './cli/exit-codes.ts';
import { helpOf } from './cli/help.ts';
import { parseInitOptions, type InitOptions } from './cli/init-options.ts';
import type { Invocation } from './cli/invocation.ts';
import { Progress } from './cli/progress.ts';
import { runCommand } from './cli/run-command.ts';
import { shownPath } from './cli/shown-path.ts';
import type { Signals } from './cli/signals.ts';
import { contractName } from './contract/find.ts';
import { loadContract } from './contract/load.ts';
import { executableOf } from './init/executable.ts';
import { namesIn } from './init/source-names.ts';
import { observeExecutable } from './init/black-box/observe.ts';
import { executableIn } from './runtimes/native/executable-in.ts';
import { makeOf, nameOf } from './init/makes.ts';
import { observeSource } from './init/observe.ts';
import type { Draft } from './init/draft.ts';
import { diffText, edited } from './init/edits.ts';
import { differenceOf } from './init/update.ts';
import { stubsIn, stubsText } from './init/stubs.ts';
import { contractText } from './init/text.ts';
import { tryContract } from './init/try-contract.ts';
import { writeNew } from './init/write-new.ts';
import { UsageError } from './model/errors.ts';

/** Writes a worker's first contract from what the worker does, tries it, and says what a person has to fill in. */
async function init(started: Invocation, signals: Signals): Promise<number> {
  const options = parseInitOptions(started);
  if (options.help) {
    process.stdout.write(helpOf(commands.init, started.words));
    return exitCode.pass;
  }
  const file = options.contract ?? join(options.directory ?? homeOf(options.binary ?? '.'), contractName);
  if (options.check) return check(file, options);
  if (options.update) return update(file, options, signals);
  if (existsSync(file)) throw new UsageError(`${shownPath(file)}: is there already and is kept; what is still to be filled in tells ` +
    `${lineOf(options)} --check, what differs now --update, another place is named with --contract FILE`);
  const progress = new Progress({ quiet: false });
  const binary = executableOf(options);
  const text = contractText(await observed(options, binary, signals.aborted, progress.say));
  writeNew(file, text);
  process.stderr.write(`wrote ${shownPath(file)}\n`);
  process.stdout.write(stubsText(shownPath(file), stubsIn(text)));
  const { directory } = options;
  const baseline = directory !== undefined && await makeOf(directory) === 'python' ? directory : undefined;
  return tryContract({ binary, file, baseline, words: started.words }, signals.aborted, progress.say);
}

/** From its source, which tells more, else from the executable alone. */
async function observed(
  { directory, entry, temporalCli }: InitOptions, binary: string | undefined, signal: AbortSignal, say: (line: string) => void,
): Promise<Draft> {
  const make = directory === undefined ? undefined : await makeOf(directory);
  if (directory !== undefined && make === 'python') return observeSource({ directory, entry, temporalCli }, signal, say);
  if (binary === undefined) throw new UsageError(`${directory}: is a ${make === 'go' ? 'Go module' : 'Node project'}, which is not run ` +
    'from source: build it, and name the executable with --binary FILE');
  const known = directory === undefined || make === undefined ? {} : { called: nameOf(directory, make), known: namesIn(directory) };
  // Of a folder the program in it is run; on a folder the contract is tried.
  const program = statSync(binary).isDirectory() ? await executableIn(binary) : binary;
  return observeExecutable({ binary: program, temporalCli, ...known }, signal, say);
}

/** Where the contract of an executable alone is found: beside it, above the folder of the build. */
function homeOf(binary: string): string {
  const folder = dirname(binary);
  return basename(folder) === 'dist' ? dirname(folder) : folder;
}

/** The command line that would do the same. */
function lineOf({ words, directory, binary }: InitOptions): string {
  return [...words, directory === undefined ? `--binary ${shownPath(binary ?? '')}` : shownPath(directory)].join(' ');
}

function check(file: string, options: InitOptions): number {
  if (!existsSync(file)) throw new UsageError(`${shownPath(file)}: no such file; write it: ${lineOf(options)}`);
  const stubs = stubsIn(readFileSync(file, 'utf8'));
  process.stdout.write(stubsText(shownPath(file), stubs));
  return stubs.length === 0 ? exitCode.pass : exitCode.fail;
}

/** Shows how the worker differs from its contract, and writes that where it is asked to. */
async function update(file: string, options: InitOptions, { aborted }: Signals): Promise<number> {
  const { contract } = await loadContract(file);
  const text = readFileSync(file, 'utf8');
  const { say } = new Progress({ quiet: false });
  const draft = await observed({ ...options, entry: options.entry ?? contract.source?.entry }, executableOf(options), aborted, say);
  const { edits, told } = differenceOf(text, contract, draft);
  process.stdout.write(diffText(text, edits));
  for (const sentence of told) process.stderr.write(`${sentence}\n`);
  if (options.apply && edits.length > 0) {
    writeFileSync(file, edited(text, edits));
    process.stderr.write(`wrote ${shownPath(file)}\n`);
    return exitCode.pass;
  }
  if (edits.length === 0) process.stderr.write(`${shownPath(file)}: says what the worker does\n`);
  else process.stderr.write(`nothing was written: ${lineOf(options)} --update --apply writes it\n`);
  return edits.length === 0 ? exitCode.pass : exitCode.fail;
}

await runCommand(init);

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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
import { makeOf } from './init/makes.ts';
import { observeAny } from './init/observe-any.ts';
import { diffText, edited } from './init/edits.ts';
import { differenceOf } from './init/update.ts';
import { schemaFrom } from './init/schema-path.ts';
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
  const text = contractText(await observeAny({ ...options, binary }, signals.aborted, progress.say), schemaFrom(dirname(file)));
  writeNew(file, text);
  process.stderr.write(`wrote ${shownPath(file)}\n`);
  process.stdout.write(stubsText(shownPath(file), stubsIn(text)));
  const { directory } = options;
  const baseline = directory !== undefined && await makeOf(directory) === 'python' ? directory : undefined;
  return tryContract({ binary, file, baseline, words: started.words }, signals.aborted, progress.say);
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
  const entry = options.entry ?? contract.source?.entry;
  const draft = await observeAny({ ...options, entry, binary: executableOf(options) }, aborted, say);
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

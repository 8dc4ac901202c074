import { join } from 'node:path';
import { exitCode } from './cli/exit-codes.ts';
import { tellGitHub } from './cli/github.ts';
import { helpOf } from './cli/help.ts';
import type { Invocation } from './cli/invocation.ts';
import { runCommand } from './cli/run-command.ts';
import { shownPath } from './cli/shown-path.ts';
import type { Signals } from './cli/signals.ts';
import { InfrastructureError, UsageError } from './model/errors.ts';
import { decide } from './gate/decide.ts';
import { collectRelease } from './gate/release.ts';
import type { Gate } from './model/gate.ts';
import { jsonText } from './model/text.ts';
import { commands } from './cli/command.ts';
import { parseGateOptions, reportDirOf, type GateOptions } from './cli/gate-options.ts';
import { gateFolder, publish } from './run/publish/gate-folder.ts';
import { ownVersion } from './system/own-package.ts';
import { gateTerminal } from './gate/render/terminal.ts';
import { gateAnnotations, gateSummary } from './gate/renderings.ts';

/** Decides over a release: options, release, decision, files. The decision is shown even when it cannot be written. */
async function gate(options: GateOptions, signals: Signals): Promise<number> {
  // First of all: whatever goes wrong, the decision of an earlier run must not be taken for this one's.
  const folder = gateFolder(options.reportDir);
  const unwritable = await failureOf(folder.make().then(() => folder.clear()));
  const decision = decide(await collectRelease(options, { gateFolder: folder.target, shownPath }, ownVersion, new Date()));
  if (signals.received !== undefined) throw new InfrastructureError(`ended by ${signals.received} before the decision was written; ask ` +
    'again.');
  const failure = unwritable ?? (await failureOf(publish(decision, folder)));
  show(decision, options, failure === undefined);
  // A pass that is nowhere to be read must not be told to the job either.
  if (failure !== undefined) throw failure;
  await tellGitHub(
    { annotations: gateAnnotations(decision), summary: gateSummary(decision) }, process.env, (text) => process.stderr.write(text),
  );
  return exitCode[decision.verdict.outcome];
}

/** A known error that writing ended with; any other is a fault and is thrown. */
async function failureOf(writing: Promise<void>): Promise<UsageError | InfrastructureError | undefined> {
  try {
    await writing;
    return undefined;
  } catch (error) {
    if (error instanceof UsageError || error instanceof InfrastructureError) return error;
    throw error;
  }
}

function show(decision: Gate, options: GateOptions, written: boolean): void {
  if (options.json) process.stdout.write(jsonText(decision));
  if (options.quiet && decision.verdict.outcome === 'pass') return;
  const terminal = process.stderr;
  const colour = terminal.isTTY && process.env['NO_COLOR'] === undefined;
  const file = written ? { file: shownPath(join(gateFolder(options.reportDir).target, 'gate.md')) } : {};
  process.stderr.write(`\n${gateTerminal(decision, { colour, width: terminal.columns ?? 120, ...file })}`);
}

/** A command line that is refused decides nothing, so no earlier decision may be left in its place either. */
async function optionsOf(started: Invocation): Promise<GateOptions> {
  try {
    return parseGateOptions(started);
  } catch (error) {
    await failureOf(gateFolder(reportDirOf(started)).clear());
    throw error;
  }
}

async function main(started: Invocation, signals: Signals): Promise<number> {
  const options = await optionsOf(started);
  if (!options.help) return await gate(options, signals);
  process.stdout.write(helpOf(commands.gate, started.words));
  return exitCode.pass;
}

await runCommand(main);

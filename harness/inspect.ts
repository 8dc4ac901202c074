import { readBundle } from './bundle/read-bundle.ts';
import { exitCode } from './cli/exit-codes.ts';
import type { Invocation } from './cli/invocation.ts';
import { runCommand } from './cli/run-command.ts';
import { shownPath } from './cli/shown-path.ts';
import { UsageError } from './errors.ts';
import { inspectHelp, parseInspectOptions } from './inspect/options.ts';
import { inspectSummary, whatItIs } from './inspect/summary.ts';
import { writeInspection } from './inspect/write.ts';

const notExecutable = new Set(['text', 'script', 'empty', 'unknown']);

/** Reads one file and says what it is. */
async function inspect(started: Invocation): Promise<number> {
  const options = parseInspectOptions(started);
  if (options.help) {
    process.stdout.write(inspectHelp(started.words));
    return exitCode.pass;
  }
  const bundle = { ...(await readBundle(options.file)), file: shownPath(options.file) };
  if (notExecutable.has(bundle.format)) throw new UsageError(`${bundle.file}: is ${whatItIs(bundle)}; name the executable that the build made`);
  if (options.reportDir !== undefined) process.stderr.write(`report  ${shownPath(await writeInspection(options.reportDir, bundle))}\n`);
  process.stdout.write(options.json ? `${JSON.stringify(bundle)}\n` : inspectSummary(bundle));
  return exitCode.pass;
}

await runCommand(inspect);

import { listable } from './runtimes/registry.ts';
import { readBundle } from './runtimes/subject.ts';
import { exitCode } from './cli/exit-codes.ts';
import { helpOf } from './cli/help.ts';
import type { Invocation } from './cli/invocation.ts';
import { runCommand } from './cli/run-command.ts';
import { shownPath } from './cli/shown-path.ts';
import type { Signals } from './cli/signals.ts';
import { UsageError } from './model/errors.ts';
import { clean, withoutCommands } from './model/text.ts';
import { compareWithBaseline, comparisonSentence, readHints, withFindings } from './run/inspect/hints.ts';
import { commands } from './cli/command.ts';
import { writeBundleEvidence } from './run/inspect/evidence.ts';
import { parseInspectOptions } from './cli/inspect-options.ts';
import { inspectionJson, writeInspection } from './run/inspect/page.ts';
import { inspectSummary, whatItIs } from './run/inspect/summary.ts';

const notExecutable = new Set(['text', 'script', 'empty', 'unknown']);

/** Reads one file and says what it is. */
async function inspect(started: Invocation, { aborted }: Signals): Promise<number> {
  const options = parseInspectOptions(started);
  if (options.help) {
    process.stdout.write(helpOf(commands.inspect, started.words));
    return exitCode.pass;
  }
  const bundle = { ...(await readBundle(options.file)), file: shownPath(options.file) };
  if (notExecutable.has(bundle.format)) throw new UsageError(`${bundle.file}: is ${whatItIs(bundle)}; name the executable that the ` +
    'build made');
  const { file, baseline, contract } = options;
  if (contract !== undefined && baseline === undefined) throw new UsageError('--contract says how the baseline is run: name that too, ' +
    'with --baseline DIR');
  const seen = bundle.kind === 'opaque' || baseline === undefined
    ? undefined
    : await compareWithBaseline({ file, baseline, contract }, bundle, aborted);
  const comparison = seen?.report;
  const hints = bundle.kind === 'opaque' ? [] : withFindings(seen?.hints ?? await readHints(bundle), comparison);
  if (options.reportDir !== undefined) process.stderr.write('report  ' +
    `${shownPath(await writeInspection(options.reportDir, bundle, hints))}\n`);
  if (options.bundleEvidence !== undefined) {
    await writeBundleEvidence(options.bundleEvidence, { bundle, hints, comparison, project: baseline });
    process.stderr.write(`evidence  ${shownPath(options.bundleEvidence)}\n`);
  }
  process.stdout.write(options.json ? inspectionJson(bundle, hints) : inspectSummary(bundle, hints));
  if (comparison !== undefined) process.stderr.write(`\n${withoutCommands(clean(comparisonSentence(comparison)))}\n`);
  if (baseline !== undefined && bundle.kind === 'opaque') {
    process.stderr.write(`\nnot compared with the baseline: it is ${withoutCommands(clean(whatItIs(bundle)))}, whose contents cannot be ` +
      `listed; only what ${listable} froze is compared\n`);
    return exitCode.inconclusive;
  }
  return exitCode[comparison?.verdict.outcome ?? 'pass'];
}

await runCommand(inspect);

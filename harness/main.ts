import { join } from 'node:path';
import { commands } from './cli/command.ts';
import { helpOf } from './cli/help.ts';
import { exitCode } from './cli/exit-codes.ts';
import { tellGitHub } from './cli/github.ts';
import type { Invocation } from './cli/invocation.ts';
import { parseOptions, type Options } from './cli/options.ts';
import { Progress } from './cli/progress.ts';
import { errorText, runCommand } from './cli/run-command.ts';
import { shownPath } from './cli/shown-path.ts';
import type { Signals } from './cli/signals.ts';
import { contain } from './system/containment.ts';
import { sweepAbandoned } from './system/watchdog/abandoned.ts';
import { startWatchdog } from './system/watchdog/watchdog.ts';
import { newRun, noteFolder } from './system/launch/run-folder.ts';
import { platformId } from './system/platform.ts';
import { openReportFolder } from './run/publish/report-folder.ts';
import { safeJson } from './model/text.ts';
import { annotations } from './report/annotations.ts';
import { jobSummary } from './report/summary.ts';
import { terminalSummary } from './report/terminal.ts';
import type { Report } from './model/report.ts';
import { assembleReport } from './run/assemble.ts';
import { listChecks } from './run/chosen.ts';
import { failedBefore } from './run/failed.ts';
import { readInputs, resolveTarget } from './run/inputs.ts';
import { startResources } from './run/resources.ts';
import { removeFolder } from './run/remove-folder.ts';
import { secretsOf } from './run/canaries.ts';
import { settlePlatform } from './run/way-to-run.ts';
import { runSuites } from './run/suites/run-suites.ts';
import { Clock } from './run/clock.ts';

/** Verifies one executable: options, inputs, resources, suites, report, verdict. */
async function verify(options: Options, signals: Signals): Promise<number> {
  process.title = 'node'; // a worker may look at its parent's command line
  const progress = new Progress({ quiet: options.quiet });
  const clock = new Clock();
  const run = newRun();
  await using watchdog = await startWatchdog(run);
  await using _room = removeFolder(run, options.keepRooms, progress.say);
  await using containment = contain(run);
  if (options.keepRooms) watchdog.keepFolder();
  for (const left of await sweepAbandoned()) progress.say(`ended what an earlier run had left, killed with its watchdog: ${left}`);

  const way = await settlePlatform(options, run.folder);
  // First of all, so that whatever goes wrong, the previous report cannot be taken for this one's.
  await using folder = await openReportFolder(options.reportDir, platformId());
  noteFolder(run, folder.staging);
  const target = await resolveTarget(options, run, progress.say, signals.aborted);
  clock.enter('set-up');
  const inputs = await readInputs(options, target, way, run, progress.say);
  await using resources = await startResources({ options, inputs, run, signal: signals.aborted, say: progress.say });

  clock.enter('suites');
  const collected = await runSuites({ ...inputs.context, ...resources.context, run, evidenceFolder: folder.evidence }, progress, signals);

  clock.enter('report');
  const assembled = await assembleReport({
    options, inputs, resources, containment, collected, run, clock, evidenceFolder: folder.evidence, interrupted: signals.received ?? null,
    signal: signals.aborted, say: progress.say,
  });
  const { report, unwritten } = await folder.publish(assembled, secretsOf(inputs.context.canaries, resources.context.server));
  show(report, options, unwritten === undefined ? folder.target : undefined);
  await tellGitHub({ annotations: annotations(report), summary: jobSummary(report) }, process.env, (text) => {
    process.stderr.write(text);
  });
  if (unwritten === undefined) return exitCode[report.verdict.outcome];
  process.stderr.write(errorText(unwritten));
  return report.verdict.outcome === 'fail' ? exitCode.fail : exitCode.inconclusive;
}

function show(report: Report, options: Options, folder: string | undefined): void {
  if (options.json) process.stdout.write(`${safeJson(report)}\n`);
  if (options.quiet && report.verdict.outcome === 'pass') return;
  const terminal = process.stderr;
  const colour = terminal.isTTY && process.env['NO_COLOR'] === undefined;
  const places = folder === undefined ? {} : { reportFile: shownPath(join(folder, 'report.html')), evidenceFolder: shownPath(folder) };
  process.stderr.write(`\n${terminalSummary(report, { colour, width: terminal.columns ?? 120, ...places })}`);
}

/** With the checks that --failed stands for. */
function chosen(options: Options): Options {
  return options.failed ? { ...options, only: failedBefore(options.reportDir, options.platform ?? platformId()) } : options;
}

async function main(started: Invocation, signals: Signals): Promise<number> {
  const options = chosen(parseOptions(started));
  if (options.help) process.stdout.write(helpOf(commands.verify, started.words));
  else if (options.listChecks) process.stdout.write(await listChecks(options));
  else return verify(options, signals);
  return exitCode.pass;
}

await runCommand(main);

import { invocation } from '../cli/invocation.ts';
import type { Report } from '../model/report.ts';
import { readLaunches, type RunFolder } from '../system/launch/run-folder.ts';
import { ownVersion } from '../system/own-package.ts';
import { busyMs } from './busy.ts';
import type { Clock } from './clock.ts';

/** The run itself: who asked for what, when, and where the time went. */
export function describedRun(profile: Report['tool']['profile'], run: RunFolder, clock: Clock): Report['tool'] {
  const launches = readLaunches(run);
  const launchesOf = (variant: 'subject' | 'baseline') => launches.filter((launch) => launch.variant === variant).length;
  return {
    name: 'frostgate',
    version: ownVersion,
    commandLine: [...invocation.words, ...invocation.args],
    startedAt: clock.startedAt,
    endedAt: new Date().toISOString(),
    profile,
    phases: clock.phases(),
    launches: { subject: launchesOf('subject'), baseline: launchesOf('baseline'), busyMs: busyMs(launches) },
    // Node gives kilobytes of 1024 bytes.
    peakResidentBytes: process.resourceUsage().maxRSS * 1024,
  };
}

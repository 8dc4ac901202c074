import { formatBytes, formatDuration } from '../model/format.ts';
import type { Report } from '../model/report.ts';

/** What a report is about: the worker's name, or else the file's. */
export function nameOf({ contract, subject }: Report): string {
  return contract?.worker ?? subject?.file ?? 'no executable';
}

/** The platform that was verified, and what stood in for it: `linux-arm64, emulated by QEMU (qemu-aarch64)`. */
export function platformText({ platform: { id, emulation } }: Report): string {
  return emulation === undefined ? id : `${id}, emulated by ${emulation.by}`;
}

/** The server in words: `Temporal CLI 1.9.1, server 1.32.0`. */
export function serverLine(server: Report['server']): string {
  if (server === null) return 'no Temporal server';
  const cli = server.cliVersion === undefined ? 'Temporal' : `Temporal CLI ${server.cliVersion},`;
  return `${cli} server ${server.serverVersion}`;
}

/** Why there is no baseline. */
export function absentBaseline({ baselineAbsent }: Report): string {
  return `none: ${baselineAbsent ?? 'no reason given'}`;
}

/** Which profile was run, and how much one launch was given in one go: `profile full, 300 executions after 52 s idle`. */
export function profileText({ tool: { profile }, endurance }: Report): string {
  if (endurance === undefined) return `profile ${profile}`;
  const idle = endurance.idleMs === 0 ? 'on one launch' : `after ${formatDuration(endurance.idleMs)} idle`;
  return `profile ${profile}, ${endurance.executions} executions ${idle}`;
}

/** A label and its text; what is not known has none. */
type Row = readonly [label: string, text: string | undefined];

/** What was verified, where and against what, as label and value in plain text. */
export function identityRows(report: Report): (readonly [label: string, value: string])[] {
  const { subject, previous, platform, server, services, baseline, contract, tool } = report;
  const machine = [
    `${platform.os} ${platform.kernel}`, platform.libc, platform.cpu, `${platform.cores} cores`, formatBytes(platform.memoryBytes),
  ];
  const origin = server?.origin === undefined ? '' : `, from ${server.origin}`;
  const rows: Row[] = [
    ...subjectRows(subject),
    ['platform', platformText(report)],
    ['emulation', platform.emulation && `everything takes about ${platform.emulation.slowdown} times as long`],
    ['machine', machine.filter((part) => part !== undefined).join(', ')],
    ['containment', platform.containment],
    ['CI', platform.ci],
    ['commit', platform.commit],
    ['not as committed', platform.dirty?.join(', ')],
    ['server', `${serverLine(server)}${server === null ? '' : `, ${server.kind} at ${server.address}${origin}`}`],
    ['services', services.map((service) => `${service.name} ${service.version} (${service.origin})`).join(', ') || 'none'],
    ['baseline', baseline === null ? absentBaseline(report) : `${baseline.directory}, Python ${baseline.pythonVersion}`],
    ['last release', previous && `${previous.file}, ${formatBytes(previous.sizeBytes)}, sha256 ${previous.sha256}`],
    ['lock file sha256', baseline?.lockSha256],
    ['contract', contract === null ? 'none' : `${contract.file}, sha256 ${contract.sha256}`],
    ['harness', `frostgate ${tool.version}, ${profileText(report)}, ${tool.startedAt} to ${tool.endedAt}`],
  ];
  return rows.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]));
}

function subjectRows(subject: Report['subject']): Row[] {
  if (subject === null) return [['binary', 'none was verified']];
  const { file, tree, version, sha256Before, sha256After = 'could not be read', sizeBytes, format, platforms, mode, freezer } = subject;
  return [
    ['binary', file],
    ['version', version],
    ['sha256', sha256Before],
    ['sha256 after the run', sha256After === sha256Before ? undefined : sha256After],
    ['with its folder', tree && `${tree.files} files, sha256 ${tree.sha256}`],
    ['size', formatBytes(sizeBytes)],
    ['format', `${format}, ${platforms.join(', ')}, mode ${mode}`],
    ['freezer', freezer ?? 'cannot be told'],
  ];
}

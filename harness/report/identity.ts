import { formatBytes } from '../model/format.ts';
import type { Report } from '../model/report.ts';

type Row = readonly [label: string, value: string];

/** What a report is about: the worker's name, or else the file's. */
export function nameOf({ contract, subject }: Report): string {
  return contract?.worker ?? subject?.file ?? 'no executable';
}

/** What was verified, where and against what, as label and value in plain text. */
export function identityRows(report: Report): Row[] {
  return [...subjectRows(report.subject), ...platformRows(report), ...counterpartRows(report)];
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

function subjectRows(subject: Report['subject']): Row[] {
  if (subject === null) return [['binary', 'none was verified']];
  return [
    ['binary', subject.file],
    ...present('version', subject.version),
    ['sha256', subject.sha256Before],
    ...(
      subject.sha256After === subject.sha256Before ? [] : [['sha256 after the run', subject.sha256After ?? 'could not be read'] as const]
    ),
    ['size', formatBytes(subject.sizeBytes)],
    ['format', `${subject.format}, ${subject.platforms.join(', ')}, mode ${subject.mode}`],
    ['freezer', subject.freezer ?? 'cannot be told'],
  ];
}

function platformRows({ platform }: Report): Row[] {
  const machine = [
    `${platform.os} ${platform.kernel}`, platform.libc, platform.cpu, `${platform.cores} cores`, formatBytes(platform.memoryBytes),
  ];
  return [
    ['platform', platform.id],
    ['machine', machine.filter((part) => part !== undefined).join(', ')],
    ...present('CI', platform.ci),
    ...present('commit', platform.commit),
  ];
}

function counterpartRows(report: Report): Row[] {
  const { server, services, baseline, contract, tool } = report;
  const origin = server?.origin === undefined ? '' : `, from ${server.origin}`;
  return [
    ['server', server === null ? serverLine(server) : `${serverLine(server)}, ${server.kind} at ${server.address}${origin}`],
    ['services', services.map((service) => `${service.name} ${service.version} (${service.origin})`).join(', ') || 'none'],
    ['baseline', baseline === null ? absentBaseline(report) : `${baseline.directory}, Python ${baseline.pythonVersion}`],
    ...present('lock file sha256', baseline?.lockSha256),
    ['contract', contract === null ? 'none' : `${contract.file}, sha256 ${contract.sha256}`],
    ['harness', `frostgate ${tool.version}, profile ${tool.profile}, ${tool.startedAt} to ${tool.endedAt}`],
  ];
}

function present(label: string, value: string | undefined): Row[] {
  return value === undefined ? [] : [[label, value]];
}

import { shownPath } from '../cli/shown-path.ts';
import { rowOf } from '../model/catalogue.ts';
import type { CheckResult, Report } from '../model/report.ts';
import { describeMachine } from '../system/machine.ts';
import type { Inputs } from './inputs.ts';
import type { Resources } from './resources.ts';

/** What was verified, where and against what, in the words of the report. */
export async function described(
  inputs: Inputs, { context: { server, redis } }: Resources, checks: readonly CheckResult[],
  sha256Before: string, sha256After: string | undefined,
): Promise<Pick<Report, 'subject' | 'platform' | 'server' | 'services' | 'baseline' | 'baselineAbsent' | 'contract'>> {
  const { context: { contract, baseline }, loaded, baselineAbsent } = inputs;
  const llm = { name: 'llm', version: 'aimock', origin: 'stand-in outside the executable' };
  return {
    subject: { ...subjectOf(inputs, checks), sha256Before, ...(sha256After && { sha256After }) },
    platform: await describeMachine(),
    server: server ? serverOf(server) : null,
    services: [
      ...(contract?.services.includes('llm') ? [llm] : []),
      ...(redis ? [{ name: 'redis', version: redis.version, origin: redis.origin }] : []),
    ],
    baseline: baseline ? baselineOf(baseline) : null,
    baselineAbsent,
    contract: loaded ? { file: shownPath(loaded.file), sha256: loaded.sha256, worker: loaded.contract.worker } : null,
  };
}

function subjectOf({ context, mode }: Inputs, checks: readonly CheckResult[]): Omit<NonNullable<Report['subject']>, 'sha256Before'> {
  const { format, platforms, freezer, sizeBytes } = context.identity;
  const version = checks.find(({ id }) => rowOf(id)?.gives === 'version')?.note;
  return {
    file: shownPath(context.binary), sizeBytes, mode, format, platforms: [...platforms],
    ...(freezer && { freezer }), ...(version && { version }),
  };
}

function baselineOf({ directory, pythonVersion, lockSha256 }: NonNullable<Inputs['context']['baseline']>): Report['baseline'] {
  return { directory: shownPath(directory), pythonVersion, ...(lockSha256 && { lockSha256 }) };
}

function serverOf(
  { kind, address, serverVersion, cliVersion, origin, sha256 }: NonNullable<Resources['context']['server']>,
): Report['server'] {
  return { kind, address, serverVersion, ...(cliVersion && { cliVersion }), ...(origin && { origin }), ...(sha256 && { sha256 }) };
}

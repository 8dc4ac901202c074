import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportSchema, type Report } from '../../harness/model/report.ts';
import { root, run } from '../support/command.ts';
import type { ArmRoot } from './debian.ts';
import { inNamespace } from './frozen.ts';

/** What is verified on arm64: a worker's folder with its executable, by which contract, and how long that may take. */
export type OnArm = {
  readonly folder: string; readonly executable: string; readonly contract: string; readonly options: readonly string[];
  readonly reports: string; readonly timeoutMs: number; readonly signal: AbortSignal;
};

/** The words that verify it, to be run as they are. */
export function wordsOnArm(arm: ArmRoot, { folder, executable, contract, options }: Omit<OnArm, 'reports' | 'timeoutMs' | 'signal'>) {
  return [
    ...inNamespace(arm), process.execPath, '--max-semi-space-size=4', '--import', join(root, 'harness/preload.js'),
    join(root, 'harness/main.ts'), '--binary', join(folder, 'dist', executable), '--baseline', folder, '--contract', contract, ...options,
  ] as const;
}

/** The report of a verification there, and how the command ended. */
export async function verifyOnArm(arm: ArmRoot, { reports, timeoutMs, signal, ...what }: OnArm): Promise<{ report: Report; told: string }> {
  const options = [...what.options, '--report-dir', reports, '--json', '--quiet'];
  const [command, ...words] = wordsOnArm(arm, { ...what, options });
  const { stdout, told } = await run(command, words, { timeoutMs, signal });
  return { report: reportSchema.parse(JSON.parse(stdout)), told };
}

/** Why nothing can be verified there; undefined where it can. */
export async function lacking(signal: AbortSignal): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'it is made for linux-amd64';
  const system = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (!system.includes('VERSION_CODENAME=bookworm')) return 'it takes the arm64 packages of Debian 12, and this machine is none';
  const { code, stderr } = await run('unshare', [
    '--user', '--map-root-user', '--mount', '--propagation', 'private', 'bash', '-c',
    'command -v apt-get dpkg-deb > /dev/null && mount -t binfmt_misc none /proc/sys/fs/binfmt_misc',
  ], { timeoutMs: 10_000, signal }).catch(() => ({ code: 1, stderr: 'unshare is missing' }));
  if (code === 0) return undefined;
  return `it needs apt and a binfmt_misc of a user namespace (Linux 6.7): ${stderr.trim() || 'apt-get is missing'}`;
}

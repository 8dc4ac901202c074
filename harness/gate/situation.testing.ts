import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { exitCode } from '../cli/exit-codes.ts';
import { decideFor } from './decide.testing.ts';
import { gateSchema, type Gate } from '../model/gate.ts';
import { ReleaseOnDisk } from './release.testing.ts';
import { commit } from './sample.testing.ts';

/** A good release with something planted into it, and what the gate must say to it. */
export type Situation = {
  readonly name: string;
  /** Changes the files of the good release; returns the arguments where they are not those of the good one. */
  readonly plant: (release: ReleaseOnDisk) => readonly string[] | void | Promise<void>;
  /** Every block, in order, as `kind: sentence`; the folder of the release is left out, digits of hashes are `#`. */
  readonly blocks: readonly string[];
  readonly exit: number;
};

/** What the good release is for. */
export const platformsOfRelease = ['linux-amd64', 'linux-arm64', 'darwin-arm64'] as const;

/** What the gate is asked with; everything that can be compared, unless it is left out. */
type Asked = {
  readonly reports?: readonly string[];
  readonly require?: string;
  readonly contract?: boolean;
  readonly commit?: boolean;
  readonly artifacts?: boolean;
  readonly more?: readonly string[];
};

/** A day to which a waiver may hold. */
export const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** The arguments that fit the good release. */
export function argumentsOf(
  release: ReleaseOnDisk,
  {
    reports = [release.path('reports')], require = platformsOfRelease.join(','), contract = true, commit: asksCommit = true,
    artifacts = true, more = [],
  }: Asked = {},
): string[] {
  return [
    ...reports,
    '--require', require,
    ...(contract ? ['--contract', release.path('worker-contract.yaml')] : []),
    ...(asksCommit ? ['--commit', commit.slice(0, 10)] : []),
    ...(artifacts ? platformsOfRelease.flatMap((platform) => ['--artifact', release.path(`dist/agent-runner-${platform}`)]) : []),
    ...more,
  ];
}

/** A release on disk to which nothing can be objected. */
export function goodRelease(): ReleaseOnDisk {
  const release = new ReleaseOnDisk();
  release.contract();
  for (const platform of platformsOfRelease) {
    release.report(platform);
    release.artifact(platform);
  }
  return release;
}

/** The decision over what lies on disk, without a process. */
export async function decided(args: readonly string[], now = new Date()): Promise<Gate> {
  return gateSchema.parse(await decideFor(args, now));
}

/** The blocks as a table of situations gives them, and the exit code that they lead to. */
export function told(gate: Gate, release: ReleaseOnDisk): { blocks: string[]; exit: number } {
  return {
    blocks: gate.blocks.map(({ kind, sentence }) => `${kind}: ${plainly(sentence, release)}`), exit: exitCode[gate.verdict.outcome],
  };
}

/** Text without what is another one in every run, and without numbers that grow with the catalogue. */
export function plainly(text: string, release: ReleaseOnDisk): string {
  return text
    .replaceAll(`${release.folder}/`, '')
    .replace(/\b[0-9a-f]{12}…/g, '#…')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/(?:\d+ of )?\d+ checks?\b/g, '# checks')
    .replace(/and \d+ more/g, 'and # more')
    .replace(/not whole JSON \(.*?\)\./g, 'not whole JSON (#).');
}

/** How the real command ended. */
export type Ended = { readonly code: number | undefined; readonly stdout: string; readonly stderr: string };

/** How the command is started; `limitBlocks` is the largest file that it may write, in blocks of 512 bytes. */
type Start = { readonly cwd: string; readonly environment?: Record<string, string>; readonly limitBlocks?: number };

/** Runs harness/gate.ts as a process. Colour, npm and CI of the test's own environment stay outside. */
export async function runGate(args: readonly string[], { cwd, environment = {}, limitBlocks }: Start): Promise<Ended> {
  const entry = fileURLToPath(import.meta.resolve('../gate.ts'));
  const [file, before] = limitBlocks === undefined ? [process.execPath, []] : ['sh', ['-c', `ulimit -f ${limitBlocks}; exec "$0" ` +
    '"$@"', process.execPath]];
  const kept = { PATH: process.env['PATH'] ?? '' };
  const { exitCode: code, stdout, stderr } = await execa(file, [...before, entry, ...args], {
    cwd, reject: false, stdin: 'ignore', timeout: 60_000, extendEnv: false, env: { ...kept, ...environment },
  });
  return { code, stdout, stderr };
}

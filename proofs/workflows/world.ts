import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { platforms } from '../../harness/model/platforms.ts';
import { environment, root } from '../support/command.ts';
import type { World } from './run-workflow.ts';

// What a release finds outside its runners: a repository, and what was released from it before.

/** Programs in place of those that must not act here, or would fetch again what is there. */
const programs = join(root, 'proofs/workflows/programs');

/** The contract of the released worker, from the repository's root. */
export const contractFile = 'fixtures/agent-runner/worker-contract.yaml';
/** What an executable of the release is called. */
export const fileOf = (platform: string): string => `agent-runner-${platform}${platform.startsWith('windows') ? '.exe' : ''}`;

/** Git in this folder. */
const gitIn = (folder: string) => async (...args: string[]) => await execa('git', args, { cwd: folder });
const author = ['-c', 'user.name=frostgate', '-c', 'user.email=frostgate@example.invalid', '-c', 'commit.gpgsign=false'];

/** Puts into `folder/repository` what git would commit of this one now, with this contract, and commits it. */
export async function snapshot(folder: string, contract: string): Promise<void> {
  const repository = join(folder, 'repository');
  const git = gitIn(repository);
  mkdirSync(repository, { recursive: true });
  await git('init', '--quiet', '--initial-branch=main');
  await git(`--git-dir=${repository}/.git`, `--work-tree=${root}`, 'add', '--all');
  await git('checkout-index', '--all');
  await commit(folder, { [contractFile]: () => contract });
}

/** Commits a change of files of the repository in the folder, and what is new in it. */
export async function commit(folder: string, changes: Readonly<Record<string, (text: string) => string>>): Promise<void> {
  const repository = join(folder, 'repository');
  for (const [name, change] of Object.entries(changes)) {
    const file = join(repository, name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }
  await gitIn(repository)('add', '--all');
  await gitIn(repository)(...author, 'commit', '--quiet', '--all', '--allow-empty', '--message=as it is now');
}

/** Calls a release otherwise, where the worker has one version only. */
export async function rename(folder: string, from: string, to: string): Promise<void> {
  const git = gitIn(join(folder, 'repository'));
  await git('tag', to, from);
  await git('tag', '--delete', from);
  renameSync(join(folder, 'releases', from), join(folder, 'releases', to));
}

/** Copies a repository and what was released from it into another folder. */
export function copyPast(from: string, to: string): void {
  for (const name of ['repository', 'releases'].filter((one) => existsSync(join(from, one)))) {
    cpSync(join(from, name), join(to, name), { recursive: true });
  }
}

/** A world in the folder that holds its repository and what was released from it. */
export async function worldIn(
  folder: string, { replaces, before, signal }: Pick<World, 'replaces' | 'before' | 'signal'>,
): Promise<World> {
  for (const name of ['artifacts', 'runners']) rmSync(join(folder, name), { recursive: true, force: true });
  mkdirSync(join(folder, 'artifacts'));
  const repository = join(folder, 'repository');
  const { stdout } = await gitIn(repository)('rev-parse', 'HEAD');
  const own = { TMPDIR: folder, FROSTGATE_WORLD: folder, FROSTGATE_ORIGIN: repository };
  return {
    folder, repository, commit: stdout, signal, signed: [], said: [], replaces, before,
    environment: environment([programs, dirname(process.execPath)].join(delimiter), own),
  };
}

/** The tag of version 1, at the commit that was verified, and the platforms whose executables were published there. */
export async function released({ repository, folder, commit: head }: World): Promise<string[]> {
  const { stdout: tags } = await gitIn(repository)('for-each-ref', '--format=%(refname) %(objectname)', 'refs/tags/v1*');
  const files = platforms.filter((platform) => existsSync(join(folder, 'releases/v1.0.0', fileOf(platform))));
  return [tags.replace(head, 'the commit'), ...files].filter((line) => line !== '');
}

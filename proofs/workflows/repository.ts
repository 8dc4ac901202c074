import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

/** A git repository that holds a copy of the working tree as one commit. */
export type Repository = {
  readonly folder: string;
  readonly commit: string;
  /** Built before, so that a build finds that there is nothing to do: a folder with the reference's `dist` and `.venv`. */
  readonly built: string;
};

const reference = 'fixtures/agent-runner';
const identity = {
  GIT_AUTHOR_NAME: 'frostgate', GIT_AUTHOR_EMAIL: 'frostgate@example.invalid', GIT_COMMITTER_NAME: 'frostgate',
  GIT_COMMITTER_EMAIL: 'frostgate@example.invalid',
};

/** Copies what git would commit of `root` (the tracked files as they are now, and new ones that are not ignored) into a new repository. */
export async function snapshot(root: string, folder: string): Promise<Repository> {
  const { stdout } = await execa('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'], { cwd: root });
  const { stdout: gone } = await execa('git', ['ls-files', '-z', '--deleted'], { cwd: root });
  const deleted = new Set(gone.split('\0'));
  for (const file of stdout.split('\0').filter((name) => name !== '' && !deleted.has(name))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file), { verbatimSymlinks: true });
  }
  const git = async (...args: string[]) =>
    await execa('git', args, { cwd: folder, env: { ...identity, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' } });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all', '--force');
  await git('commit', '--quiet', '--message=the working tree');
  await git('repack', '-a', '-d', '--quiet'); // one file instead of hundreds: every job clones it
  return { folder, commit: (await git('rev-parse', 'HEAD')).stdout, built: join(root, reference) };
}

/** A copy of its own for one run, which may tag it, and with what was built before in another folder when there is one. */
export function copyOf(repository: Repository, folder: string, built: string = repository.built): Repository {
  cpSync(repository.folder, folder, { recursive: true });
  return { ...repository, folder, built };
}

/** A clone at `commit`, and beside it what was built before: this runner is not the first that it runs on. */
export async function cloneInto(
  folder: string, { folder: origin, commit, built }: Repository, ref: string, withTags: boolean,
): Promise<void> {
  if (ref !== commit) throw new Error(`a checkout of ${ref}, but the run is about ${commit}`);
  await execa('git', ['clone', '--quiet', ...(withTags ? [] : ['--no-tags']), '--', origin, folder]);
  await execa('git', ['checkout', '--quiet', '--detach', commit], { cwd: folder });
  const at = (name: string) => join(folder, reference, name);
  mkdirSync(at('dist'));
  cpSync(join(built, 'dist/.stamp'), at('dist/.stamp'));
  for (const name of ['dist/agent-runner', '.venv']) symlinkSync(join(built, name), at(name));
}

import { execa } from 'execa';

/** The commit of a folder, and what of it is otherwise than in that commit. */
export type Commit = { readonly commit?: string; readonly dirty?: readonly string[] };

/** More differing files than these say no more. */
const mostFiles = 20;

/**
 * The commit that a folder of a git repository is at, and which of its tracked files differ from it; where there is no repository, or no
 * git, the one that the CI names. https://git-scm.com/docs/git-status, "Porcelain Format Version 1" with -z.
 */
export async function commitOf(folder: string, { GITHUB_SHA, CI_COMMIT_SHA, GIT_COMMIT }: NodeJS.ProcessEnv): Promise<Commit> {
  const commit = await git(folder, 'rev-parse', '--verify', 'HEAD') ?? GITHUB_SHA ?? CI_COMMIT_SHA ?? GIT_COMMIT;
  const status = await git(folder, 'status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=no', '--', '.');
  const dirty = (status ?? '').split('\0').filter((entry) => entry !== '').map((entry) => entry.slice(3));
  const more = dirty.length - mostFiles;
  const told = [...dirty.slice(0, mostFiles), ...(more > 0 ? [`and ${more} more`] : [])];
  return { ...(commit && { commit: commit.trim() }), ...(told.length > 0 && { dirty: told }) };
}

/** What git prints; undefined where it fails. Nothing is locked or written meanwhile. */
async function git(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  const { stdout, exitCode } = await execa('git', ['--no-optional-locks', '-C', folder, ...args], {
    reject: false, timeout: 5_000, stdin: 'ignore', stripFinalNewline: false,
  });
  return exitCode === 0 ? stdout : undefined;
}

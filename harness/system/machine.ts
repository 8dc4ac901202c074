import { readFileSync } from 'node:fs';
import { cpus, machine, release, totalmem, type } from 'node:os';
import { commitOf } from './commit.ts';
import { platformId } from './platform.ts';
import type { Report } from '../model/report.ts';

/** What a report says about the machine that it was made on, and at which commit the worker's project is there. */
export async function describeMachine(project: string): Promise<Report['platform']> {
  const { CI, GITHUB_ACTIONS, GITLAB_CI, JENKINS_URL, ImageOS } = process.env;
  const provider = GITHUB_ACTIONS ? 'GitHub Actions' : GITLAB_CI ? 'GitLab CI' : JENKINS_URL ? 'Jenkins' : CI ? 'CI' : undefined;
  const [libc, { commit, dirty }, runUrl] = [libcVersion(), await commitOf(project, process.env), runUrlOf(process.env)];
  return {
    id: platformId(),
    os: operatingSystem(),
    architecture: machine(),
    ...(libc && { libc }),
    kernel: `${type()} ${release()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    ...(provider && { ci: ImageOS ? `${provider}, ${ImageOS}` : provider }),
    ...(commit && { commit }),
    ...(dirty && { dirty: [...dirty] }),
    ...(runUrl && { runUrl }),
  };
}

function operatingSystem(): string {
  if (process.platform !== 'linux') return type();
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
  } catch {
    return 'Linux';
  }
}

/** Node's own report knows the C library that it runs with. */
function libcVersion(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const { header }: { header?: { glibcVersionRuntime?: string } } = process.report.getReport();
  return header?.glibcVersionRuntime === undefined ? 'musl' : `glibc ${header.glibcVersionRuntime}`;
}

/** The page of the CI run, as the three providers name it in their documents. */
function runUrlOf({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, CI_JOB_URL, BUILD_URL }: NodeJS.ProcessEnv): string | undefined {
  const github = GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_RUN_ID
    && `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  const url = github || CI_JOB_URL || BUILD_URL;
  return url && /^https?:/.test(url) && URL.canParse(url) ? url : undefined;
}

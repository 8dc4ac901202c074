import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { countAnnotations, parseEntries } from './runner-files.ts';
import type { Outputs, World } from './world.ts';

/** A job's folders on its runner, and the environment that its steps have set for those after them. */
export type Runner = {
  readonly workspace: string;
  readonly temp: string;
  readonly platform: string;
  readonly timeoutMs: number;
  readonly env: Record<string, string>;
  readonly path: string[];
};

type Script = {
  readonly run: string;
  readonly shell: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly actionPath?: string | undefined;
};

/** How a script ended. */
export type Ended = { readonly failed: boolean; readonly log: string; readonly outputs: Outputs };

const systems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', windows: 'Windows' };
const summaryLimitBytes = 1024 * 1024;
const annotationLimit = 10;

/**
 * Runs a step's script as the runner does, with its files for outputs, environment, path and summary. A broken rule of theirs fails it too.
 */
export async function runScript(world: World, runner: Runner, { run, shell, env, actionPath }: Script): Promise<Ended> {
  const folder = join(runner.temp, `step-${world.happenings.length}`);
  mkdirSync(folder, { recursive: true });
  const file = (name: string) => join(folder, name);
  writeFileSync(file('script.sh'), run);
  for (const name of ['output', 'env', 'path', 'summary']) writeFileSync(file(name), '');
  // Without `shell: bash` the runner leaves pipefail out.
  const options = shell === undefined ? ['-e'] : ['--noprofile', '--norc', '-e', '-o', 'pipefail'];
  const result = await execa('bash', [...options, file('script.sh')], {
    cwd: runner.workspace,
    extendEnv: false,
    env: {
      ...world.environment,
      ...githubVariables(world, runner),
      ...runner.env,
      PATH: [...runner.path, world.environment['PATH']].join(delimiter),
      ...(actionPath && { GITHUB_ACTION_PATH: actionPath }),
      GITHUB_OUTPUT: file('output'),
      GITHUB_ENV: file('env'),
      GITHUB_PATH: file('path'),
      GITHUB_STEP_SUMMARY: file('summary'),
      ...env,
    },
    all: true,
    reject: false,
    stdin: 'ignore',
    timeout: runner.timeoutMs,
    killDescendants: true,
    cancelSignal: world.signal,
  });
  const read = (name: string) => readFileSync(file(name), 'utf8');
  Object.assign(runner.env, parseEntries(read('env')));
  runner.path.unshift(...read('path').split('\n').filter(Boolean));
  writeFileSync(join(world.folder, 'summary.md'), read('summary'), { flag: 'a' });
  const broken = brokenRules(result.all, statSync(file('summary')).size);
  return { failed: result.failed || broken.length > 0, log: [
    result.all, result.timedOut ? 'timed out' : '', ...broken,
  ].join('\n'), outputs: parseEntries(read('output')) };
}

function githubVariables({ github }: World, { workspace, temp, platform }: Runner): Record<string, string> {
  const [system = '', architecture] = platform.split('-');
  const { token: _, ...shown } = github;
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    ...Object.fromEntries(Object.entries(shown).map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, value])),
    RUNNER_TEMP: temp,
    RUNNER_OS: systems[system] ?? system,
    RUNNER_ARCH: architecture === 'arm64' ? 'ARM64' : 'X64',
    TMPDIR: temp,
  };
}

/** What GitHub would drop without failing the step. */
function brokenRules(log: string, summaryBytes: number): string[] {
  const annotations = Object.entries(countAnnotations(log)).filter(([, count]) => count > annotationLimit);
  return [
    ...annotations.map(([kind, count]) => `rule broken: ${count} annotations of the kind ${kind} in one step, GitHub shows ` +
      `${annotationLimit}`),
    ...(summaryBytes >= summaryLimitBytes ? [`rule broken: the step's summary has ${summaryBytes} bytes, GitHub drops it from ` +
      `${summaryLimitBytes}`] : []),
  ];
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runPipeline } from './gitlab.ts';
import { snapshot } from './repository.ts';
import { newWorld } from './world.ts';

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'frostgate-gitlab-'))));
afterEach(async () => await rm(folder, { recursive: true }));

const pipeline = (build: string) => `
stages: [build, verify, gate, release]
workflow: { rules: [{ if: $CI_COMMIT_BRANCH }] }
variables: { WORD: hello }
.every-platform: { tags: [$PLATFORM], parallel: { matrix: [{ PLATFORM: a }, { PLATFORM: b }] } }
build: { stage: build, extends: .every-platform, script: ['test ! -e dist', mkdir dist, '${build}'], artifacts: { paths: [dist/] } }
verify: { stage: verify, script: ['test "$(cat dist/* | tr "\\n" ,)" = "hello a main,hello b main,"'] }
gate: { stage: gate, when: always, script: ['ls dist', '! test -e ignored', 'false | true'], artifacts: { when: always, paths: [none/] } }
release: { stage: release, script: ['true'] }`;

async function run(build: string): Promise<string[]> {
  const files = {
    '.gitlab-ci.yml': pipeline(build), 'fixtures/agent-runner/main.py': '', '.gitignore': 'ignored\n', ignored: '',
    'fixtures/agent-runner/dist/.stamp': '', gone: '',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, 'tree', name)), { recursive: true });
    await writeFile(join(folder, 'tree', name), text);
  }
  await execa('git', ['init', '--quiet'], { cwd: join(folder, 'tree') });
  await execa('git', ['add', 'gone'], { cwd: join(folder, 'tree') });
  await rm(join(folder, 'tree/gone'));
  await writeFile(join(folder, 'tree/.git/info/exclude'), 'dist\n');
  const repository = await snapshot(join(folder, 'tree'), join(folder, 'repository'));
  const world = newWorld(
    {
      folder: join(folder, 'world'), repository, programs: folder, replaces: () => undefined, before: () => undefined,
      signal: new AbortController().signal,
    },
  );
  return (await runPipeline(world, 'main', () => undefined)).map(
    ({ job, platform, result }) => `${job} ${platform} ${result}`.replace('  ', ' '),
  );
}

test('a stage gets the artifacts of those before it, and none of its own', async () => {
  // The gate's last line fails: GitLab's shell has pipefail.
  expect(await run('echo "$WORD $PLATFORM $CI_COMMIT_BRANCH" > dist/$PLATFORM')).toEqual([
    'build a success', 'build b success', 'verify success', 'gate failed', 'release skipped',
  ]);
});

test('after a failure only what is always wanted runs', async () => {
  expect(await run('test $PLATFORM = b')).toEqual([
    'build a failed', 'build b success', 'verify skipped', 'gate failed', 'release skipped',
  ]);
});

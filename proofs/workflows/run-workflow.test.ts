import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runWorkflow } from './run-workflow.ts';
import { newWorld, type World } from './world.ts';

let folder = '';
const never = new AbortController().signal;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'frostgate-workflow-'))));
afterEach(async () => await rm(folder, { recursive: true }));

/** A world whose repository holds the given files; nothing is checked out of it. */
async function worldWith(files: Readonly<Record<string, string>>, replaces: World['replaces'] = () => undefined): Promise<World> {
  const repository = { folder: join(folder, 'repository'), commit: 'c'.repeat(40), built: folder };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(repository.folder, name)), { recursive: true });
    await writeFile(join(repository.folder, name), text);
  }
  return newWorld({
    folder: join(folder, 'world'), repository, programs: join(folder, 'programs'), replaces, before: () => undefined, signal: never,
  });
}

const job = (steps: string, more = '') => `
    name: job
    runs-on: here
    timeout-minutes: 1
    permissions: {}
    ${more}
    steps:${steps}`;
const workflow = (jobs: string, on = 'push') => `name: test\non: { ${on}: {} }\npermissions: {}\njobs:${jobs}`;
const reached = ({ happenings }: World) => happenings.map(({ step, outcome }) => `${step}: ${outcome}`);
const file = 'workflow.yml';

test('outputs, environment and path reach the steps and jobs that come after', async () => {
  const world = await worldWith({
    [file]: workflow(`
  first:${job(`
      - { name: tell, id: tell, run: 'echo "word=hello" >> "$GITHUB_OUTPUT"; echo "NAME=world" >> "$GITHUB_ENV"; mkdir bin;
          echo "$PWD/bin" >> "$GITHUB_PATH"; printf "echo from path" > bin/tool; chmod +x bin/tool' }
      - { name: use, run: 'test "$(tool) $WORD $NAME" = "from path hello world"', env: { WORD: '\${{ steps.tell.outputs.word }}' } }`,
  "outputs: { said: '${{ steps.tell.outputs.word }}' }")}
  second:${job(`
      - { name: hear, run: 'test "$SAID $GITHUB_SHA" = "hello ${'c'.repeat(40)}"', env: { SAID: '\${{ needs.first.outputs.said }}' } }`,
  'needs: first')}`),
  });
  expect(await runWorkflow(world, file, {})).toEqual({
    first: { result: 'success', outputs: { said: 'hello' } }, second: { result: 'success', outputs: {} },
  });
  expect(reached(world)).toEqual(['tell: success', 'use: success', 'hear: success']);
});

test('after a failure only what asks for it runs, and what needs it is skipped', async () => {
  const world = await worldWith({
    [file]: workflow(`
  first:${job(`
      - { name: fail, run: 'echo before; false; echo after' }
      - { name: normal, run: 'true' }
      - { name: always, if: always(), run: 'true' }`)}
  second:${job(`
      - { name: never reached, run: 'true' }`, 'needs: first')}
  third:${job(`
      - { name: last, run: 'true' }`, 'needs: second')}
  gate:${job(`
      - { name: gate, run: 'test "$RESULT" = failure', env: { RESULT: '\${{ needs.first.result }}' } }`,
  "needs: first\n    if: '!cancelled()'")}`),
  });
  const results = await runWorkflow(world, file, {});
  expect(Object.entries(results).map(([id, { result }]) => `${id}: ${result}`)).toEqual([
    'first: failure', 'second: skipped', 'third: skipped', 'gate: success',
  ]);
  expect(reached(world)).toEqual(['fail: failure', 'normal: skipped', 'always: success', 'gate: success']);
  expect(world.happenings[0]?.log.trim()).toBe('before');
});

test('a pipe hides a failure unless the shell is named, as on the runner', async () => {
  const world = await worldWith({
    [file]: workflow(`
  first:${job(`
      - { name: unnamed, run: 'false | true' }
      - { name: named, shell: bash, run: 'false | true' }`)}`),
  });
  await runWorkflow(world, file, {});
  expect(reached(world)).toEqual(['unnamed: success', 'named: failure']);
});

test('what GitHub would drop without a word fails here', async () => {
  const world = await worldWith({
    [file]: workflow(`
  first:${job(`
      - { name: ten, run: 'for i in {1..10}; do echo "::error::$i"; done' }
      - { name: eleven, if: always(), run: 'for i in {1..11}; do echo "::error::$i"; done' }
      - { name: large summary, if: always(), run: 'head -c 1048576 /dev/zero > "$GITHUB_STEP_SUMMARY"' }`)}`),
  });
  await runWorkflow(world, file, {});
  expect(reached(world)).toEqual(['ten: success', 'eleven: failure', 'large summary: failure']);
  expect(world.happenings[1]?.log).toContain('rule broken: 11 annotations of the kind error in one step');
});

test('a called workflow gets its inputs and defaults, each leg runs, and one red leg makes it red', async () => {
  const called = workflow(`
  leg:${job(`
      - { name: 'leg \${{ matrix.platform }}', run: 'test "$PLATFORM$MODE" != "bplain"',
          env: { PLATFORM: '\${{ matrix.platform }}', MODE: '\${{ inputs.mode }}' } }`,
  "strategy: { fail-fast: false, matrix: { platform: '${{ fromJSON(inputs.platforms) }}' } }")}`)
    .replace('push: {}', 'workflow_call: { inputs: { mode: { type: string, default: plain, description: a }, platforms: { type: ' +
      'string, required: true, description: b } } }');
  const caller = (inputs: string) => workflow(`
  verify: { name: verify, permissions: {}, uses: ./called.yml, with: { ${inputs} } }
  release:${job(`
      - { name: release, run: 'true' }`, 'needs: verify')}`);
  const world = await worldWith({ [file]: caller(`platforms: '["a", "b"]'`), 'called.yml': called, 'good.yml': caller(
    `platforms: '["a", "b"]', mode: other`,
  ), 'bad.yml': caller('mode: other') });
  expect(await runWorkflow(world, file, {})).toMatchObject({ verify: { result: 'failure' }, release: { result: 'skipped' } });
  expect(reached(world)).toEqual(['leg a: success', 'leg b: failure']);
  expect(await runWorkflow(world, 'good.yml', {})).toMatchObject({ release: { result: 'success' } });
  await expect(runWorkflow(world, 'bad.yml', {})).rejects.toThrow('the input "platforms" is not declared, or is required and not given');
});

test('a composite action has its own steps and inputs; its outputs come out although a step of it fails', async () => {
  const world = await worldWith({
    [file]: workflow(`
  first:${job(`
      - { name: put, run: 'mkdir tool; cp "$ACTION" tool/action.yml', env: { ACTION: '${join(folder, 'repository/action.yml')}' } }
      - { name: use, id: use, uses: ./tool, with: { file: a.txt } }
      - { name: after, if: always(), run: 'test "$VERDICT $ENDED" = "fail a.txt"',
          env: { VERDICT: '\${{ steps.use.outputs.verdict }}', ENDED: '\${{ steps.use.outputs.file }}' } }`)}`),
    'action.yml': `
inputs: { file: { required: true, description: a }, mode: { default: plain, description: b } }
outputs: { verdict: { description: c, value: '\${{ steps.run.outputs.verdict }}' }, file: { description: d, value: '\${{ inputs.file }}' } }
runs:
  using: composite
  steps:
    - { name: run, id: run, shell: bash, run: 'test -f "$GITHUB_ACTION_PATH/action.yml"; echo verdict=fail >> "$GITHUB_OUTPUT"; exit 1' }`,
  });
  expect(await runWorkflow(world, file, {})).toMatchObject({ first: { result: 'failure' } });
  expect(reached(world)).toEqual(['put: success', 'run: failure', 'use: failure', 'after: success']);
});

test('a step can be replaced by its id, and an action that is unknown or not pinned fails', async () => {
  const world = await worldWith({
    [file]: workflow(`
  first:${job(`
      - { name: build, id: build, run: exit 1 }
      - { name: built, run: test -f built }
      - { name: unknown, uses: 'some/action@${'a'.repeat(40)}' }
      - { name: unpinned, if: always(), uses: actions/checkout@v7 }`)}`),
  }, (_, id) => (id === 'build' ? async (workspace) => (await writeFile(join(workspace, 'built'), ''), {}) : undefined));
  await runWorkflow(world, file, {});
  expect(world.happenings.map(({ step, outcome, log }) => [step, outcome, log.trim()])).toEqual([
    ['build', 'success', 'replaced'],
    ['built', 'success', ''],
    ['unknown', 'failure', 'nothing stands for some/action here: add it to the table in uses.ts'],
    ['unpinned', 'failure', 'actions/checkout@v7 is not pinned to a commit'],
  ]);
});

test('the summary of all steps is kept', async () => {
  const world = await worldWith({ [file]: workflow(`
  first:${job(`
      - { name: one, run: 'echo one >> "$GITHUB_STEP_SUMMARY"' }
      - { name: two, run: 'echo two >> "$GITHUB_STEP_SUMMARY"' }`)}`) });
  await runWorkflow(world, file, {});
  expect(await readFile(join(world.folder, 'summary.md'), 'utf8')).toBe('one\ntwo\n');
});

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { reportSchema } from '../../harness/model/report.ts';
import { build, root, run } from '../support/command.ts';
import { test } from '../support/proof.ts';

// A worker that knows that it is watched can behave. Nothing that one can see says who watches, and no two launches of a run have in
// common what another deployment would not have too.

/** What every launch of a deployment has in common. */
const common = /^\$(?:PATH|LANG|TEMPORAL_ADDRESS|ANTHROPIC_API_KEY|LD_LIBRARY_PATH)$|^fd 0$|^starter's |^Max (?!file locks|msgqueue)/;

/** The queue of a launch, told at its start and with its task. */
const queues = ['$TEMPORAL_TASK_QUEUE', 'queue'];

/** What else a launch has in common with one that it comes after on its queue, as the restart of a deployment does, and takes a task of. */
const restarted = [...queues, '$TEMPORAL_NAMESPACE', 'namespace', 'starter'];

/** The places: by name what one launch saw there. */
type Seen = Readonly<Record<string, string>>;

function linesOf(log: string): Record<string, string>[] {
  const lines = readFileSync(log, 'utf8').split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line): Record<string, string> => JSON.parse(line));
}

/** What each launch printed of one kind, without the log's own fields. */
function printed(folder: string, kind: string): Seen[] {
  const lines = globSync('*/log/*.log', { cwd: folder }).flatMap((log) => linesOf(join(folder, log)).filter(({ event }) => event === kind));
  return lines.map(({ ts: _ts, level: _level, event: _event, ...seen }) => seen);
}

/** The places at which two launches saw the same. */
function alike(all: readonly Seen[]): string[] {
  const pairs = all.flatMap((one, index) => all.slice(index + 1).map((other) => [one, other] as const));
  const same = pairs.flatMap(([one, other]) => {
    const places = Object.keys(one).filter((place) => one[place] === other[place]);
    return queues.some((place) => places.includes(place)) ? places.filter((place) => !restarted.includes(place)) : places;
  });
  return [...new Set(same.filter((place) => !common.test(place)))];
}

beforeAll(async () => await build('sabotaged', AbortSignal.timeout(900_000)), 900_000);

test.skipIf(process.platform !== 'linux')('no launch sees who watches, nor anything of another launch', { timeout: 300_000 }, async ({
  folder, signal,
}) => {
  const { stdout, told } = await run(process.execPath, [
    join(root, 'harness/main.ts'), '--binary', join(root, 'fixtures/sabotaged/dist/shows-what-it-sees'),
    '--contract', join(root, 'fixtures/agent-runner/worker-contract.yaml'), '--report-dir', join(folder, 'reports'),
    '--profile', 'quick', '--only', 'shutdown', '--keep-rooms', '--json', '--quiet',
  ], { timeoutMs: 280_000, signal, env: { ...process.env, TMPDIR: folder } });
  const report = reportSchema.parse(JSON.parse(stdout));
  expect(report.verdict.outcome, told).toBe('pass');
  const [starts, tasks] = [printed(folder, 'sees'), printed(folder, 'sees its task')];
  expect(starts.length).toBeGreaterThanOrEqual(4);
  expect(tasks.length).toBeGreaterThanOrEqual(2);
  expect(alike(starts)).toEqual([]);
  expect(alike(tasks)).toEqual([]);
  const text = JSON.stringify([starts, tasks]).toLowerCase().replaceAll(root.toLowerCase(), '/');
  expect(text).not.toMatch(/frostgate|harness|vitest|aimock/);
});

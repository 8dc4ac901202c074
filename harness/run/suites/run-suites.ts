import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createVitest, type Reporter } from 'vitest/node';
import { chosenChecks } from '../../contract/catalogue.ts';
import { messageOf } from '../../model/errors.ts';
import { countOutcomes } from '../../model/explain.ts';
import { shortLine } from '../../model/text.ts';
import { entriesOf } from '../../system/launch/room.ts';
import { takeCollision } from '../../stage/collision.ts';
import type { Progress } from '../../cli/progress.ts';
import type { Signals } from '../../cli/signals.ts';
import { tellInterruption } from '../../stage/interruption.ts';
import { hear } from '../../stage/telling.ts';
import { NamedOrder } from './order.ts';
import { collect, type Collected } from './collect.ts';
import type { RunContext } from '../../stage/run-context.ts';

/**
 * Installed, the code may belong to somebody else: nothing is written beside it. Sources are the developer's own, and the
 * cache of their stripped types spares the harness 40 MB.
 */
const traces = { cache: false, fsModuleCache: import.meta.url.endsWith('.ts') } as const;

/**
 * Said here and not in vitest.config.ts, which would be loaded for it, types stripped, into this process. One thread and no isolation:
 * suites share one launch of the subject, and a measurement has the machine to itself.
 */
const suites: Parameters<typeof createVitest>[1] = {
  config: false, name: 'suites', include: ['suites/*.suite.{ts,js}'], pool: 'threads', fileParallelism: false, isolate: false,
  allowOnly: false, retry: 0, includeTaskLocation: true, sequence: { sequencer: NamedOrder },
};

const nothing: Collected = {
  checks: [], observations: [], measurements: [], decisions: [], startUps: [], memoryCourses: [], endurance: undefined, errors: [],
  troubles: [],
};

/**
 * Runs every suite against the subject and collects what they found. Where two launches of the worker collide at an address that each
 * wants for itself, which is no fault of a worker that runs alone, the suites begin again with one launch at a time.
 */
export async function runSuites(context: RunContext, progress: Progress, signals: Signals): Promise<Collected> {
  const collected = await runOnce(context, progress, signals);
  const collision = takeCollision(context.run);
  if (collision === undefined || context.contract === undefined || signals.aborted.aborted) return collected;
  progress.say(`two launches at once collide (${shortLine(collision, 160)}): starting over with one at a time; say so in the contract ` +
    '(launches: one-at-a-time), or give it a free port ({port.NAME})');
  for (const name of entriesOf(context.evidenceFolder)) rmSync(join(context.evidenceFolder, name), { recursive: true, force: true });
  // In its first namespaces our own server still has the workers and the work of the launches that collided.
  const { server } = context;
  const fresh = server?.kind === 'dev-server' ? { ...server, namespaces: [] } : server;
  const alone = { ...context, server: fresh, contract: { ...context.contract, launches: 'one-at-a-time' as const } };
  return { ...(await runOnce(alone, progress, signals)), collision };
}

async function runOnce(context: RunContext, progress: Progress, signals: Signals): Promise<Collected> {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const vitest = await withDataFolder(context.run.folder, () => createVitest(
    'test',
    { root, ...traces, ...suites, watch: false, provide: { run: context }, reporters: [progressReporter(progress)] },
    {},
    { stdout: toStderr(), stderr: toStderr() },
  ));
  using _told = hear(context.run.mark, ({ line, stays }) => (stays ? progress.say(line) : progress.show(line)));
  try {
    signals.takeOver(); // vitest and vite have just installed handlers that exit at once
    const cancel = (): void => {
      tellInterruption(context.run.mark);
      void vitest.cancelCurrentRun('keyboard-input');
    };
    signals.aborted.addEventListener('abort', cancel);
    if (signals.aborted.aborted) return nothing;
    const { testModules, unhandledErrors } = await vitest.start(filesOf(context));
    return collect(testModules, unhandledErrors);
  } catch (error) {
    // The report is written all the same, and says that no check ran.
    return { ...nothing, errors: [messageOf(error)] };
  } finally {
    await vitest.close();
    progress.clear();
  }
}

/** vitest keeps a token in the user's data folder, and does not start where it cannot: it gets a folder that is there, and goes. */
async function withDataFolder<T>(folder: string, create: () => Promise<T>): Promise<T> {
  const name = process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_DATA_HOME';
  const before = process.env[name];
  process.env[name] = folder;
  try {
    return await create();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

/**
 * vitest's own text goes where our progress goes; stdout carries data only. A stream of its own, which takes whatever comes: vitest waits
 * for ever until a stderr that has failed (a full disk, a reader that has left) has taken the last of it.
 */
function toStderr(): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      process.stderr.write(chunk);
      done();
    },
  });
}

/** Turns vitest's events into progress: the check that runs, and one line for each finished area. */
function progressReporter(progress: Progress): Reporter {
  return {
    onTestCaseReady: ({ name }) => progress.show(name),
    onTestModuleEnd({ children }) {
      const results = [...children.allTests()].flatMap((test) => test.meta().check ?? []);
      for (const [area, own] of Map.groupBy(results, (result) => result.area)) {
        const bad = own.filter((result) => result.outcome === 'fail').map((result) => result.id);
        const which = bad.length > 0 ? `: ${bad.slice(0, 3).join(', ')}${bad.length > 3 ? ', …' : ''}` : '';
        progress.say(`${area.padEnd(13)} ${countOutcomes(own, 'could not be judged')}${which}`);
      }
    },
  };
}

/** The suites that hold a chosen check: vitest takes a file without a test for an error. */
function filesOf({ only, contract, previous }: RunContext): string[] {
  const chosen = chosenChecks(contract, only, previous !== undefined);
  const names = chosen.map(({ area, late, closing }) => (closing ? 'closing' : late ? 'late' : area));
  return [...new Set(names)].map((name) => `-${name}.suite.`);
}

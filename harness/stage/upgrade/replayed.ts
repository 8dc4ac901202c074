import { waitFor } from '../../system/wait.ts';
import type { Sdk } from '../../temporal/history.ts';
import { ended } from '../../temporal/ready.ts';
import { ask, stackTrace, tellsByQuery } from '../../temporal/replay.ts';
import { replayed, resetTo } from '../../temporal/reset.ts';
import { mismatchIn } from '../../temporal/take-over.ts';
import type { Actor, Plan } from '../actor.ts';
import { drive } from '../drive.ts';
import { runOf, type Closed } from '../replay/closed.ts';
import { once, replayAll } from '../replay/replays.ts';

/** A closed history that a release does not replay, and what it says of it. */
export type NotReplayed = { readonly run: Closed; readonly text: string };

/** The closed histories that this release does not replay, though it replays what it does itself. */
export async function notReplayed(
  worker: Actor, runs: readonly Closed[], plans: readonly Plan[], { sdk, signal }: { sdk: Sdk | undefined; signal: AbortSignal },
): Promise<NotReplayed[]> {
  if (sdk !== undefined && !tellsByQuery(sdk.name)) return await begunAnew(worker, runs, signal);
  const bad: NotReplayed[] = [];
  for (const { run, differed, refused, replayed: times } of await replayAll(worker, runs, once, signal)) {
    const [text] = differed.length > 0 ? differed : times === 0 ? refused : [];
    if (text === undefined) continue;
    if (differed.length > 0 || await replaysItsOwn(worker, plans.find(({ name }) => name === run.plan))) bad.push({ run, text });
  }
  return bad;
}

async function replaysItsOwn(worker: Actor, plan: Plan | undefined): Promise<boolean> {
  const run = plan && runOf((await drive(worker, plan)).events);
  return run !== undefined && (await ask(worker.client, run, stackTrace)).kind === 'replayed';
}

/** What a worker that does not tell it by a query makes of histories that are begun anew before their last task. */
async function begunAnew(worker: Actor, runs: readonly Closed[], signal: AbortSignal): Promise<NotReplayed[]> {
  const all = await Promise.all(runs.map(async (run) => {
    const handle = await resetTo(worker.client, run, 0);
    if (handle === undefined) return [];
    const events = await waitFor(`a replay of workflow ${run.type}`, () => replayed(handle), {
      deadlineMs: worker.limits.executionMs, signal, stretch: worker.launch.cpu.stretch(), over: () => ended(worker.launch),
    });
    await handle.terminate('it has been replayed').catch(() => {});
    const text = mismatchIn(events);
    return text === undefined ? [] : [{ run, text }];
  }));
  return all.flat();
}

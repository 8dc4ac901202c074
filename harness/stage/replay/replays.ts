import pLimit from 'p-limit';
import { endOf } from '../../system/wait.ts';
import { ended } from '../../temporal/ready.ts';
import { answerText, ask, declaredQueries, metadata, stackTrace, type Replay } from '../../temporal/replay.ts';
import type { Actor } from '../actor.ts';
import type { Closed } from './closed.ts';

/** What another process made of one closed run. */
export type Replays = {
  readonly run: Closed;
  readonly replayed: number;
  /** What it said each time when it did not come to the commands of the history. */
  readonly differed: readonly string[];
  /** What it said each time when it failed otherwise. */
  readonly refused: readonly string[];
  /** What each query that the workflow declares was answered, each answer once. */
  readonly answers: ReadonlyMap<string, readonly Replay[]>;
};

/** How often to look at what may be decided by chance, and for how long at least, so that the clock goes on to its next second. */
type Looks = { readonly looks: number; readonly spreadMs: number };

/** In so many looks what is decided by chance in two ways is seen in 20 of 20 runs, but for one time in 1,600. */
export const often: Looks = { looks: 15, spreadMs: 1_100 };
export const once: Looks = { looks: 1, spreadMs: 0 };

/** So many queries are on their way at a time, and so many of those that one workflow declares are asked. */
const [atOnce, atMost] = [8, 10];

/** Asks about every run once, and over and over about one of each execution of the contract and of each type that none of them starts. */
export async function replayAll(
  actor: Actor, runs: readonly Closed[], { looks, spreadMs }: Looks, signal: AbortSignal,
): Promise<readonly Replays[]> {
  const limit = pLimit(atOnce);
  const all = runs.map((run) => ({ run, ...empty(), queries: [stackTrace] }));
  const asked = async (run: Closed, query: string): Promise<Replay> => await endOf(
    `an answer to a query about the closed workflow ${run.type}`, ask(actor.client, run, query),
    { deadlineMs: actor.limits.executionMs, signal, stretch: actor.launch.cpu.stretch(), over: () => ended(actor.launch) },
  );
  const look = async (one: (typeof all)[number]): Promise<void> => {
    for (const query of one.queries) keep(one, query, await limit(() => asked(one.run, query)));
  };
  await Promise.all(all.map(look));
  const chosen = all.filter((one) => one.refused.length > 0 || isFirst(one.run, runs));
  await Promise.all(chosen.map(async (one) => {
    const about = await limit(() => asked(one.run, metadata));
    // Not every SDK draws a stack, and every one replays before it says so.
    const known = one.replayed === 0 && about.kind === 'replayed' ? metadata : stackTrace;
    one.queries = [known, ...declaredQueries(about).slice(0, atMost)];
    if (known === metadata) one.refused.length = 0;
  }));
  const startMs = performance.now();
  for (let round = 0; round < looks || performance.now() - startMs < spreadMs; round += 1) await Promise.all(chosen.map(look));
  return all;
}

function empty(): { replayed: number; differed: string[]; refused: string[]; answers: Map<string, Replay[]> } {
  return { replayed: 0, differed: [], refused: [], answers: new Map() };
}

function keep(one: ReturnType<typeof empty>, query: string, replay: Replay): void {
  const declared = query !== stackTrace && query !== metadata;
  if (replay.kind === 'differs') one.differed.push(replay.text);
  // A declared query may want arguments, and fail without them.
  else if (replay.kind === 'refused' && !declared) one.refused.push(replay.text);
  else if (replay.kind === 'replayed') one.replayed += 1;
  if (!declared) return;
  const text = answerText(replay, 'ordered');
  const before = one.answers.get(query) ?? [];
  if (text === undefined || before.some((answer) => answerText(answer, 'ordered') === text)) return;
  one.answers.set(query, [...before, replay]);
}

/** Whether it is the first of its execution, or of a type that no execution starts itself. */
function isFirst(run: Closed, runs: readonly Closed[]): boolean {
  if (run.plan !== undefined) return true;
  return !runs.some(({ type, plan }) => type === run.type && plan !== undefined) && runs.find(({ type }) => type === run.type) === run;
}

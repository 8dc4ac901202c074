import { CheckFailed, CouldNotJudge, messageOf } from '../../model/errors.ts';
import { answerText, ask, stackTrace } from '../../temporal/replay.ts';
import type { Actor, Plan } from '../actor.ts';
import type { CheckContext } from '../check-context.ts';
import { failTogether } from '../together.ts';
import { historyText, type HistoryEvent } from '../../temporal/history.ts';
import { runOf, type Closed } from './closed.ts';
import type { Replays } from './replays.ts';

/** A question, since nobody knows what of it the workflow does. */
export const remedy = 'does the workflow read a variable, a file, the clock, random numbers, the order of a set, or what its process ' +
  'keeps? Take such things from its input, from an activity, workflow.now() or workflow.random(), sort sets, and guard changed code by a ' +
  'version';

/**
 * Waits until the launch that comes after another one is ready.
 * @throws {CheckFailed} when it does not get ready: it finds what the one before it left.
 */
export async function readyAfter(actor: Actor, what: string): Promise<void> {
  await actor.ready().catch((error: unknown) => {
    throw new CheckFailed(`after ${what} the next launch on the same task queue does not get ready`, {
      expected: 'a poller on the same task queue', got: messageOf(error),
      remedy: 'look for what the one before it left: a lock, a port, a file',
    }, { cause: error });
  });
}

/** The type of a run, and the execution that it was, where that is known. */
export const named = ({ type, plan }: Closed): string => `workflow ${type}${plan === undefined ? '' : ` ("${plan}")`}`;

/** Who replays, and how it differs from whoever did the work. */
type Situation = { readonly worker: Actor; readonly surroundings: string; readonly evidence: CheckContext['evidence'] };

/** Fails at runs that another process does not replay to the commands of their history, and at queries whose answer depends on chance. */
export async function judgeReplays(all: readonly Replays[], situation: Situation): Promise<void> {
  const bad = all.filter(({ differed, refused, replayed }) => differed.length > 0 || (replayed > 0 && refused.some(isOwnFault)));
  const [first] = bad;
  failTogether([first && await notReplayed(first, `${bad.length} of ${all.length} histories`, situation), ...byChance(all)]);
}

async function notReplayed(
  { run, differed, refused, replayed }: Replays, howMany: string, { worker, surroundings, evidence }: Situation,
): Promise<CheckFailed> {
  const [text = ''] = [...differed, ...refused.filter(isOwnFault)];
  const times = differed.length + refused.length;
  const events = await eventsOf(worker, run);
  evidence(`history of ${run.type} that another process does not replay`, 'history.json', historyText(events));
  evidence('output of that process', 'output.log', worker.launch.output.text());
  return new CheckFailed(`another process does not replay ${named(run)}: ${words(text)}${atEvent(text, events)}`, {
    expected: expectedOf(surroundings), got: `${times} of ${times + replayed} replays, ${howMany}: ${text}`, remedy,
  });
}

/** The first query that is not always answered alike. */
function byChance(all: readonly Replays[]): CheckFailed[] {
  const found = all.flatMap(({ run, answers, replayed }) => [...answers].flatMap(([query, different]) => {
    if (different.length < 2) return [];
    const told = different.map((answer) => short(answerText(answer, 'ordered') ?? ''));
    return new CheckFailed(`query ${query} of the closed ${named(run)} answers ${told[0]}, then ${told[1]}: by chance, or by the clock`, {
      expected: `one answer in all of ${replayed} replays`, got: `${told.length} answers: ${told.slice(0, 5).join(', ')}`,
      remedy: 'answer from what the workflow was given, has done and keeps',
    });
  }));
  return found.slice(0, 1);
}

/** What is expected of a process that replays, with the variables by which it differs. */
export const expectedOf = (surroundings: string): string =>
  `the commands of its history, in a process with another home, folder and hash seed${surroundings && `, and with ${surroundings}`}`;

/**
 * Judges the runs that a worker never replayed, though it failed otherwise than by other commands.
 * @throws {CheckFailed} when it replays what it has done itself. @throws {CouldNotJudge} when it answers no such query at all.
 */
export async function judgeRefusals(
  all: readonly Replays[], plans: readonly Plan[], { worker, surroundings, evidence }: Situation,
): Promise<void> {
  for (const { run, refused } of all.filter(({ replayed }) => replayed === 0)) {
    const [text = ''] = refused;
    if (await replaysItsOwn(worker, plans.find(({ name }) => name === run.plan))) {
      const output = worker.launch.output.text();
      evidence('output of that process', 'output.log', output);
      const told = typed(text, output);
      throw new CheckFailed(`another process fails to replay ${named(run)}, though not what it did itself: ${words(told)}`, {
        expected: expectedOf(surroundings), got: `${refused.length} of ${refused.length} replays: ${told}`, remedy,
      });
    }
    throw new CouldNotJudge(`no query about a closed ${named(run)} is answered: ${words(text)}`);
  }
}

/** A failure with its type before it, where the output shows it so: a query's answer has the message alone. */
function typed(text: string, output: string): string {
  const before = output.slice(0, Math.max(0, output.indexOf(`: ${text}`)));
  return `${/[\w.]+$/.exec(before.slice(-80).replaceAll('\\n', ' '))?.[0] ?? 'it fails with'}: ${text}`;
}

/** A task that took too long says so when a machine is busy, and is no word about what the workflow does. */
function isOwnFault(text: string): boolean {
  return !/TMPRL1101|deadlock/i.test(text);
}

/** Whether a worker answers about a run that it has just brought to its end itself: then it is the process that makes the difference. */
async function replaysItsOwn(worker: Actor, plan: Plan | undefined): Promise<boolean> {
  const run = plan && runOf((await worker.execute(plan)).events);
  return run !== undefined && (await ask(worker.client, run, stackTrace)).kind === 'replayed';
}

async function eventsOf({ client }: Actor, { workflowId, runId }: Closed): Promise<readonly HistoryEvent[]> {
  return (await client.workflow.getHandle(workflowId, runId).fetchHistory()).events ?? [];
}

/** The event of the history that the SDK names, with what it scheduled. */
export function atEvent(text: string, events: readonly HistoryEvent[]): string {
  const id = /\bid: (\d+)/.exec(text)?.[1];
  const event = events.find(({ eventId }) => String(eventId) === id);
  if (event === undefined) return '';
  const what = event.activityTaskScheduledEventAttributes?.activityType?.name
    ?? event.startChildWorkflowExecutionInitiatedEventAttributes?.workflowType?.name;
  return what === undefined ? '' : ` (event ${id} scheduled ${what})`;
}

/** Fails at a query that two processes answer differently. Lists may be in another order, as a set is in another process. */
export function judgeAnswers(one: readonly Replays[], other: readonly Replays[]): void {
  for (const [index, { run, answers }] of one.entries()) {
    for (const [query, [first]] of answers) {
      const both = [first, other[index]?.answers.get(query)?.[0]].flatMap((answer) => (answer && answerText(answer, 'unordered')) ?? []);
      const [before = '', after = ''] = both;
      if (both.length < 2 || before === after) continue;
      const answer = `answers ${short(before)} in one process, ${short(after)} in another`;
      throw new CheckFailed(`query ${query} of the closed ${named(run)} ${answer}`, {
        expected: 'the same answer, whoever replays the history', got: `${before}, then ${after}`, remedy,
      });
    }
  }
}

/** An SDK's words in one sentence: Go's tell all of a command, of which its type says enough. */
export const words = (text: string): string => short(text.replaceAll(/, TaskQueue:\(Name:.*?(?=, replay command|$)/gs, ', …)'), sentence);

/** How much of them a sentence takes, in characters. */
const sentence = 300;

const short = (text: string, length = 80): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

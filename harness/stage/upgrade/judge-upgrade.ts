import { slug } from '../../contract/slug.ts';
import { executionId, filled } from '../../model/catalogue.ts';
import { CheckFailed, CouldNotJudge } from '../../model/errors.ts';
import { faultsOf } from '../../temporal/faults.ts';
import { historyText, type HistoryEvent } from '../../temporal/history.ts';
import { isMismatch } from '../../temporal/replay.ts';
import { mismatchIn } from '../../temporal/take-over.ts';
import type { CheckContext } from '../check-context.ts';
import { compare } from '../expectation.ts';
import { atEvent, named, words } from '../replay/judged.ts';
import { failTogether } from '../together.ts';
import { lostTypes, type LostType } from './lost-types.ts';
import type { Moved } from './moved.ts';
import { remediesOf, type Remedies } from './remedies.ts';
import type { Upgrade } from './upgrades.ts';

/**
 * Judges what became of the work of one release on the other one.
 * @throws {CheckFailed} where that lacks a type, does not come to the commands of a history, or does not bring an execution to its end.
 */
export async function judgeUpgrade(upgrade: Upgrade, context: CheckContext): Promise<void> {
  const { from, worker, moved, closed, notReplayed, types, without } = upgrade;
  const { evidence, note, compares } = context;
  const [one, other] = from === 'previous' ? ['the last release', 'the executable'] : ['the executable', 'the last release'];
  const remedies = remediesOf(from);
  const lost = from === 'previous' ? lostTypes(types.previous, types.subject) : [];
  const wrong = moved.flatMap((each) => wrongWith(each, { one, other, remedies }) ?? []);
  const replays = notReplayed.map(({ run, text }) => (
    differs(`${other} does not replay a closed ${named(run)} of ${one}: ${words(text)}`, text, remedies)
  ));
  const bad = [...lost.map((type) => lacks(type, remedies)), ...(lost.length > 0 ? [] : [...wrong, ...replays].slice(0, 1))];
  const [first] = moved.filter((each) => wrongWith(each, { one, other, remedies }) !== undefined);
  if (first !== undefined) evidence(`history of "${first.plan.name}"`, 'history.json', historyText(first.done.events));
  if (bad.length > 0) evidence(`output of ${other}`, 'output.log', worker.launch.output.text());
  failTogether(bad);
  const [alone] = moved.filter(({ done, plan }) => compare(plan, done) !== undefined);
  if (alone !== undefined) throw new CouldNotJudge(`${other} does not bring "${alone.plan.name}" to its end, which it does not do alone ` +
    `either: see ${filled(executionId, { name: slug(alone.plan.name) })}`);
  compares(moved.length + closed.length, 'executions');
  const open = moved.length === 0 ? 'none could be caught in its middle' : `${moved.length} that were open when ${one} was stopped were ` +
    `brought to their end by ${other}`;
  note([open, `${closed.length} closed ones replayed`, ...without.map(({ plan, why }) => (
    `not looked for: "${plan.name}", which the last release does not do: ${words(why)}`
  ))].join('; '));
}

type Sides = { readonly one: string; readonly other: string; readonly remedies: Remedies };

/** What a release made of an execution of the other one; undefined where that is as expected, or it does not do it alone either. */
export function wrongWith({ plan, done, alone }: Moved, { one, other, remedies }: Sides): CheckFailed | undefined {
  const what = `workflow ${plan.workflow} ("${plan.name}"), which ${one} has begun`;
  const mismatch = mismatchIn(done.events);
  if (mismatch !== undefined) {
    const told = `${words(mismatch)}${atEvent(mismatch, done.events) || ofType(mismatch, done.events)}`;
    return differs(`${other} does not come to the commands of ${what}: ${told}`, mismatch, remedies);
  }
  const task = faultsOf(done.events).find((fault) => fault.what === 'workflow task' && fault.late !== true);
  const wrong = compare(plan, done);
  if (wrong !== undefined && alone !== undefined) return undefined;
  if (task === undefined && wrong === undefined) return undefined;
  const how = task === undefined ? wrong?.sentence : `a workflow task failed: ${task.why}`;
  return new CheckFailed(`${other} does not go on with ${what}: ${words(how ?? '')}`, {
    expected: wrong?.difference.expected ?? 'no failed workflow task', got: wrong?.difference.got ?? `a failed workflow task: ${task?.why}`,
    remedy: remedies.otherwise,
  });
}

/** The event of the history whose activity the SDK names. */
function ofType(text: string, events: readonly HistoryEvent[]): string {
  const [, type] = /scheduled event '([^']+)'/.exec(text) ?? [];
  const event = events.find(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled && scheduled.activityType?.name === type);
  return event === undefined ? '' : ` (event ${String(event.eventId)})`;
}

function differs(sentence: string, text: string, remedies: Remedies): CheckFailed {
  return new CheckFailed(sentence, {
    expected: 'the commands of its history', got: text, remedy: isMismatch(text) ? remedies.changed : remedies.otherwise,
  });
}

function lacks({ kind, type }: LostType, remedies: Remedies): CheckFailed {
  return new CheckFailed(`the executable does not register ${kind} ${type}, which the last release has: what is open of it when that is ` +
    'stopped never ends', { expected: `${kind} ${type} is registered`, got: `${type} is not registered`, remedy: remedies.lost });
}

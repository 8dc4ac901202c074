import { CheckFailed, CouldNotJudge } from '../../model/errors.ts';
import { makeCurrent, ramp } from '../../temporal/deployment.ts';
import { historyText } from '../../temporal/history.ts';
import { behaviourOf, versionsIn, type Behaviour } from '../../temporal/versioning.ts';
import type { Plan } from '../actor.ts';
import type { CheckContext } from '../check-context.ts';
import type { Endings } from '../endings.ts';
import { drive } from '../drive.ts';
import { compare } from '../expectation.ts';
import type { Arm } from '../regression/arms.ts';
import { wrongWith } from './judge-upgrade.ts';
import { goOn, stopWhile, type Moved } from './moved.ts';
import { openables, type Openable } from './openable.ts';
import { open, type Opened } from './open.ts';
import { remediesOf } from './remedies.ts';
import { goesTo, takersUntil, type Takers } from './route.ts';
import type { Versions } from './versions.ts';

const named = { subject: 'the executable', previous: 'the last release' } as const;
const routing = 'is every worker of the process given the deployment, and does it poll all of its task queues as that version?';

type BuildIds = Readonly<Record<Arm, { readonly buildId: string }>>;

/** One round: executions that one version has begun, and how they ended while the other was current. */
type Round = { readonly from: Arm; readonly moved: readonly (Moved & { readonly behaviour: Behaviour | undefined })[] };

/**
 * Makes the executable current beside the last release, by a ramp, and that one again, with executions of each open meanwhile.
 * @throws {CheckFailed} where new work does not go where it is led, pinned work leaves its version, other work does not follow or is
 * not brought to its end.
 */
export async function judgeVersions(versions: Versions, plans: readonly Plan[], ended: Endings, context: CheckContext): Promise<void> {
  const { deployment, previous, subject } = versions;
  const { signal, note, compares } = context;
  const { actor: old } = previous;
  const { site } = old;
  const well: Plan[] = [];
  const why: string[] = [];
  for (const plan of plans) {
    const wrong = await drive(old, plan).then((done) => compare(plan, done)?.sentence, String);
    if (wrong === undefined) well.push(plan);
    else why.push(`"${plan.name}": ${wrong}`);
  }
  const openable = openables(well);
  const [first] = openable;
  if (first === undefined) {
    throw new CouldNotJudge(`the last release (--previous) brings no workflow of the contract to its end: ${why[0]}`);
  }
  const begun = await beginAll(versions, openable, 'previous', context);
  const lead = async (to: Arm, when: string): Promise<void> => {
    const { buildId } = versions[to];
    const takers = await takersUntil(old, first.plan, (all) => goesTo(all, buildId), signal);
    if (!goesTo(takers, buildId)) throw astray(`${when} new executions do not go to version ${buildId} of ${named[to]}`, buildId, takers);
  };
  await lead('previous', 'before the executable is current');
  await ramp(site, deployment, subject.buildId, 50);
  const both = [previous.buildId, subject.buildId];
  const takers = await takersUntil(old, first.plan, (all) => both.every((buildId) => all.includes(buildId)), signal);
  for (const buildId of both) {
    if (!takers.includes(buildId)) throw astray(`at a ramp of 50 per cent no new execution goes to version ${buildId}`, buildId, takers);
  }
  await makeCurrent(site, deployment, subject.buildId);
  await lead('subject', 'when the executable is current');
  const there = await endAll(versions, begun, 'previous', context);
  mustGoOn(there, versions, context);
  const others = await beginAll(versions, openable, 'subject', context);
  await makeCurrent(site, deployment, previous.buildId);
  await lead('previous', 'when the last release is current again');
  const back = await endAll(versions, others, 'subject', context);
  mustGoOn(back, versions, context);
  await stopWhile([], old, ended, signal);
  const all = [...there.moved, ...back.moved];
  const count = (behaviour: Behaviour): number => all.filter((one) => one.behaviour === behaviour).length;
  compares(all.length, 'executions');
  const moved = count('auto-upgrade');
  note([
    `${count('pinned')} pinned stayed`, moved === 0 ? 'none that moves (auto-upgrade) could be open' : `${moved} moved there and back`,
    'a ramp led to both versions', ...why.map((text) => `not looked for: ${text}`),
  ].join('; '));
}

function astray(sentence: string, wanted: string, takers: Takers): CheckFailed {
  return new CheckFailed(sentence, {
    expected: `version ${wanted}`, remedy: routing,
    got: takers.length === 0 ? 'nobody takes it' : `version ${[...new Set(takers)].join(', ')}`,
  });
}

type Begun = { readonly opened: readonly Opened[]; readonly behaviours: ReadonlyMap<Opened, Behaviour | undefined> };

async function beginAll(versions: Versions, openable: readonly Openable[], from: Arm, { signal }: CheckContext): Promise<Begun> {
  const opened = await open(versions[from].actor, openable, 'order', signal);
  const behaviours = new Map<Opened, Behaviour | undefined>();
  for (const one of opened) behaviours.set(one, await behaviourOf(one.handle));
  return { opened, behaviours };
}

async function endAll(versions: Versions, { opened, behaviours }: Begun, from: Arm, { signal }: CheckContext): Promise<Round> {
  const { actor } = versions[from === 'previous' ? 'subject' : 'previous'];
  actor.llm.release();
  const moved = await goOn(actor, opened, signal);
  return { from, moved: moved.map((one, index) => ({ ...one, behaviour: opened[index] && behaviours.get(opened[index]) })) };
}

/** @throws {CheckFailed} at the first execution that did not end as it should, where it should. */
function mustGoOn({ from, moved }: Round, versions: Versions, { evidence }: CheckContext): void {
  for (const each of moved) {
    const failure = wrongIn(each, from, versions);
    if (failure !== undefined) {
      evidence(`history of "${each.plan.name}"`, 'history.json', historyText(each.done.events));
      evidence('output of the executable', 'output.log', versions.subject.actor.launch.output.text());
      throw failure;
    }
    if (each.alone !== undefined) throw new CouldNotJudge(`"${each.plan.name}" does not come to its end, also where it is begun anew: ` +
      each.alone);
  }
}

/** What is wrong with how one ended, or with the versions that did its tasks. */
export function wrongIn(each: Round['moved'][number], from: Arm, versions: BuildIds): CheckFailed | undefined {
  const other = from === 'previous' ? 'subject' : 'previous';
  const { plan, done: { events }, behaviour } = each;
  const [own, current] = [versions[from].buildId, versions[other].buildId];
  const what = `workflow ${plan.workflow} ("${plan.name}")`;
  const seen = versionsIn(events);
  const by = behaviour === 'pinned' ? named[from] : named[other];
  const wrong = wrongWith(each, { one: named[from], other: by, remedies: remediesOf(from, 'versioned') });
  if (wrong !== undefined) return wrong;
  if (behaviour === 'pinned' && seen.some((buildId) => buildId !== own)) {
    return new CheckFailed(`${what} is pinned, and leaves version ${own} of ${named[from]}`, {
      expected: `all workflow tasks by version ${own}`, got: `by ${seen.join(', then ')}`, remedy: routing,
    });
  }
  // What ended before, or was at its last task, did not have to move.
  if (behaviour === 'auto-upgrade' && each.waited && seen.at(-1) !== current) {
    return new CheckFailed(`${what} is to move to the current version (auto-upgrade), and stays on ${own} of ${named[from]}`, {
      expected: `its last workflow task by version ${current}`, got: `by ${seen.join(', then ')}`, remedy: routing,
    });
  }
  return undefined;
}

import { CheckFailed, CouldNotJudge } from '../model/errors.ts';
import { excusedMs, waitedSentence } from '../system/cpu/cpu-use.ts';
import type { Fault } from '../temporal/faults.ts';
import { historyText, takersOf } from '../temporal/history.ts';
import { pidsIn } from '../temporal/pollers.ts';
import type { Actor } from './actor.ts';
import type { Histories, Judged } from './all-histories.ts';
import type { CheckContext } from './check-context.ts';

type Run = Omit<Judged, 'actor'>;
type Runs = { readonly judged: readonly Run[] };

/**
 * Whether nothing was tried again that the contract does not plan.
 * @throws {CheckFailed} with the first that was, or with a planned attempt that was not made.
 * @throws {CouldNotJudge} when all there is was missed for want of a CPU.
 */
export function judgeRetries({ judged }: Runs, evidence: CheckContext['evidence']): void {
  const found = judged.flatMap((run) => run.faults.filter((fault) => !isPlanned(run, fault)).map((fault) => ({ run, fault })));
  const counted = found.filter(({ run, fault }) => excuseOf(run, fault) === undefined);
  const [first] = counted;
  if (first !== undefined) {
    evidence('history', 'history.json', historyText(first.run.events));
    const groups = Map.groupBy(counted, ({ run, fault }) => sentenceOf(run, fault));
    const kinds = [...groups].map(([line, same]) => `${line} (${same.length})`);
    throw new CheckFailed(sentenceOf(first.run, first.fault), {
      expected: 'every task succeeds at its first attempt, unless attempts of the execution plans more',
      got: `${kinds.slice(0, 8).join('\n')}${kinds.length > 8 ? `\nand ${kinds.length - 8} more` : ''}`,
      remedy: `the execution ended well, so a retry hides this; ${first.fault.what === 'workflow task'
        ? 'look in the history for what the workflow did then: a workflow task never has to be done twice'
        : `repair what failed first, or plan it: attempts: { ${first.fault.type}: ${first.fault.attempts} } beside the execution`}`,
    });
  }
  const [excused] = found;
  if (excused === undefined) return;
  throw new CouldNotJudge(`${sentenceOf(excused.run, excused.fault)}, but ${excuseOf(excused.run, excused.fault)}`);
}

/** Whether the contract plans as many attempts. */
export function isPlanned({ plan }: Pick<Run, 'plan'>, { what, type, attempts }: Fault): boolean {
  return what !== 'workflow task' && attempts <= (plan?.attempts?.[type] ?? 1);
}

/** Where a worker waits for a CPU so long, and for so much of one execution, the server and the harness beside it do so too. */
const starvedMs = 1_000;
const starvedPart = 0.1;

/** Why the machine may be to blame for what came too late. */
function excuseOf({ use }: Run, { late }: Fault): string | undefined {
  if (!late || use === undefined) return undefined;
  return excusedMs(use) >= Math.max(starvedMs, starvedPart * use.elapsedMs) ? waitedSentence(use) : undefined;
}

/** What was tried again, in words. */
export function sentenceOf({ plan }: Pick<Run, 'plan'>, { what, type, attempts, why }: Fault): string {
  const where = plan === undefined ? '' : ` of "${plan.name}"`;
  const because = why.slice(0, 300);
  if (what === 'workflow task') return `a workflow task${where} (${type}) did not succeed at first: ${because}`;
  const planned = plan?.attempts?.[type] ?? 1;
  return `${what} ${type}${where} took ${attempts} attempts, ${planned === 1 ? '1 is' : `${planned} are`} planned: ${because}`;
}

/** @throws {CheckFailed} when the contract plans more attempts of something than there were: then the retry is not tried. */
export function judgePlanned({ judged }: Runs): void {
  for (const { plan, rootId } of judged) {
    const own = judged.filter((run) => run.rootId === rootId).flatMap(({ faults }) => faults);
    for (const [type, planned] of Object.entries(plan?.attempts ?? {})) {
      const seen = Math.max(1, ...own.filter((fault) => fault.type === type).map(({ attempts }) => attempts));
      if (seen < planned) throw new CheckFailed(`${type} of "${plan?.name}" succeeded at attempt ${seen}, ${planned} are planned`, {
        expected: `${planned} attempts (attempts of the contract)`, got: `${seen}`,
        remedy: 'make the stand-in fail as often as planned, for example with an error in llm, or take attempts out of the contract',
      });
    }
  }
}

/** @throws {CheckFailed} when a process that took tasks was gone before its launch was told to stop: something has started another. */
export function judgeRestarts({ judged }: Pick<Histories, 'judged'>, all: readonly Actor[]): void {
  for (const { launch } of all) {
    const members = launch.told[0]?.members ?? [];
    const mine = judged.filter(({ actor }) => actor.launch === launch);
    const gone = mine.flatMap((run) => takersOf(run.events).flatMap(pidsIn).map((pid) => ({ run, pid }))).find(({ pid }) => (
      members.length > 0 && !members.includes(pid) && launch.tree.has(pid)
    ));
    const whose = gone?.run.plan === undefined ? '' : ` of "${gone.run.plan.name}"`;
    if (gone) throw new CheckFailed(`process ${gone.pid} took tasks${whose} and was gone before the launch was told to stop`, {
      expected: 'the process that takes the tasks lives until the stop', got: `process ${gone.pid} ended, others of its launch went on`,
      remedy: 'a supervisor that starts the worker again hides its crash: look at its last output for why it ended',
    });
  }
}

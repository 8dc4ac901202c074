import type { Contract } from '../../contract/schema.ts';
import { faultsOf } from '../../temporal/faults.ts';
import { eventsOf } from '../../temporal/history.ts';
import { alarmIn, noAlarm } from '../alarms.ts';
import type { Emulation } from '../../system/emulation/emulation.ts';
import { adviceFor } from '../stop-advice.ts';
import { slowingOf, type Pace, type Slowing } from './pace.ts';
import type { Endured } from './endurance.ts';
import { growthSentence, heldBy, limitText } from './leaks.ts';

/** One thing that a worker does not endure. */
export type Fault = { readonly sentence: string; readonly expected: string; readonly got: string; readonly remedy: string };

/** What is wrong, and what the noise or the machine leaves open. */
export type Judged = { readonly faults: readonly Fault[]; readonly open: readonly string[] };

/** What hundreds of executions have shown; `lost` are sentences about lines of its log that are missing. */
export async function judged(
  endured: Endured, lost: readonly string[], { budgets: { leak } }: Contract, emulation?: Emulation,
): Promise<Judged> {
  const { looks, trouble, left, sdk } = endured;
  // An emulator keeps what it has translated.
  const all = heldBy(looks, leak, sdk).filter(({ kind }) => emulation === undefined || kind.setting !== 'memoryKbPerExecution');
  const held = trouble === undefined ? all : all.filter(({ growth }) => growth.verdict === 'grows');
  const slowing = slowingOf(looks.slice(1).map(({ pace }) => pace));
  const isWhole = left.length === 0;
  // What was left out would give back what others hoard, or is still told of in the log.
  const alarm = isWhole ? await alarmOf(endured) : undefined;
  const grows = held.filter(({ growth }) => growth.verdict === 'grows');
  const isSlower = slowing.verdict === 'slower' && trouble === undefined;
  return {
    faults: [
      ...(trouble === undefined ? [] : [{ ...trouble, remedy: 'look for what is used up: a semaphore or connection that is never given ' +
        'back, a limit on tasks, a client that is closed, a time-out of an idle connection' }]),
      ...(isWhole ? grows : []).map((one) => ({
        sentence: growthSentence(one), expected: limitText(one), got: growthSentence(one),
        remedy: `${one.kind.remedy}; or raise budgets.leak.${one.kind.setting} in the contract`,
      })),
      ...(isSlower && isWhole ? [{
        sentence: slowingSentence(slowing), expected: 'the last executions take as long as the first', got: slowingSentence(slowing),
        remedy: 'look for what grows with the work and is searched or waited for: a list that is never emptied, a pause that gets longer',
      }] : []),
      ...(alarm === undefined ? [] : [{
        sentence: 'its log shows an error that came with the work', expected: noAlarm, got: alarm,
        remedy: 'repair what the traceback names; where it is expected, log it as one line',
      }]),
      ...lost.map((sentence) => ({
        sentence: `lines of its log are lost: ${sentence}`, got: sentence, expected: 'every line that it writes is in its log at its end',
        remedy: adviceFor('lost-lines', sdk, ''),
      })),
    ],
    open: [
      ...(isWhole ? [] : [...grows.map(growthSentence), ...(isSlower ? [slowingSentence(slowing)] : [])])
        .map((sentence) => `${sentence}, while what may give that back was not repeated: ${left.join('; ')}`),
      ...held.filter(({ growth }) => growth.verdict === 'unclear')
        .map((one) => `${growthSentence(one)}, ${limitText(one)}${one.kind.collected ? garbage : ''}`),
      ...(slowing.verdict === 'unclear' && trouble === undefined
        ? [`${slowingSentence(slowing)}, while all of the machine was busy`] : []),
    ],
  };
}

const garbage = '; that may be garbage which no collection has taken yet: a longer profile can tell';

/** `an execution takes 120 ms (80 ms of CPU) at the end, 60 ms (40 ms of CPU) at the beginning`. */
export function slowingSentence({ early, late }: Slowing): string {
  return `an execution takes ${paceText(late)} at the end, ${paceText(early)} at the beginning`;
}

function paceText({ ms, cpuMs }: Pace): string {
  return `${ms.toFixed(0)} ms (${cpuMs.toFixed(0)} ms of CPU)`;
}

/** What stands in its log from the first execution until it was told to stop; however long that is. */
async function alarmOf({ actor, ids, log: { from, to } }: Endured): Promise<string | undefined> {
  const { files } = actor.launch.output;
  const first = async (known: readonly string[]): Promise<string | undefined> => (
    await alarmIn(files.stdout, from.stdout, to.stdout, known) ?? await alarmIn(files.stderr, from.stderr, to.stderr, known)
  );
  return await first([]) === undefined ? undefined : first(await toldElsewhere(actor, ids));
}

/** At each end of the executions so many are asked what they tried again. */
const asked = 20;

/**
 * What was said by attempts that were made again, which execution.unplanned-retries judges, and by executions before these whose failure is
 * planned: a log may be written late.
 */
async function toldElsewhere(actor: Endured['actor'], ids: readonly string[]): Promise<string[]> {
  const some = [...new Set([...ids.slice(0, asked), ...ids.slice(-asked)])];
  const histories = await Promise.all(some.map((id) => eventsOf(actor.client.workflow.getHandle(id)).catch(() => [])));
  const planned = actor.executions.flatMap(({ ending }) => (ending.kind === 'failed' ? ending.failure.chain : []));
  const reasons = histories.flatMap((events) => faultsOf(events).map(({ why }) => why));
  return [...new Set([...planned, ...reasons].flatMap((text) => withoutType(text)))].filter((said) => said.length >= leastSaid);
}

const withoutType = (text: string): string => (text.split('\n', 1)[0] ?? '').replace(/^[\w.]+: /, '');

/** Less could stand in any line. */
const leastSaid = 8;

/** Every look in a line, for the evidence. */
export function looksText({ looks }: Endured): string {
  const head = 'executions  memory kB  descriptors  threads  processes  zombies  files  ms each  CPU ms each  busy  lines';
  return [head, ...looks.map(({ executions, memoryBytes, descriptors, threads, processes, zombies, files, pace, lines }) => [
    executions, Math.round(memoryBytes / 1_000), descriptors ?? '-', threads ?? '-', processes, zombies, files, pace.ms.toFixed(1),
    pace.cpuMs.toFixed(1), pace.busy.toFixed(2), lines,
  ].map((value, index) => String(value).padStart([10, 9, 11, 7, 9, 7, 5, 7, 11, 4, 5][index] ?? 0)).join('  '))].join('\n');
}

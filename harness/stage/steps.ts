import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { exactText } from '../model/exact-json.ts';
import type { Messages, Misstep } from '../temporal/execute.ts';
import { ask, cancel, stateOf, tell, update, type Answer } from '../temporal/messages.ts';
import { knownMessages } from '../temporal/standing.ts';
import { differs } from './expectation.ts';
import { expectedFailure, failureDifference } from './expected-failure.ts';
import type { Plan } from './plan.ts';

type Step = NonNullable<Plan['steps']>[number];

/** What is not answered as expected is asked again after this time, for as long as the execution may take. */
const againMs = 50;

/** A workflow may set a handler up after its start; one that is unknown in so many answers is not there. */
const mostUnknown = 40;

/**
 * Sends an execution the messages of the contract, each when the one before it was answered as expected, on their own: whoever waits for
 * the execution is told how far they came.
 */
export function takeSteps(handle: WorkflowHandle, steps: readonly Step[], signal: AbortSignal): Messages {
  let wrong: Misstep | undefined;
  let now: Misstep | undefined;
  const all = async (): Promise<void> => {
    for (const [index, step] of steps.entries()) {
      const name = `step ${index + 1} (${nameOf(step)})`;
      wrong = await take(step, name, { handle, signal, tell: (misstep) => void (now = misstep) });
      if (wrong !== undefined || signal.aborted) return;
      now = undefined;
    }
  };
  const done = all();
  done.catch(() => {}); // whoever waits for the execution is told
  return { done, misstep: () => wrong, unanswered: () => now };
}

type Taking = { readonly handle: WorkflowHandle; readonly signal: AbortSignal; readonly tell: (misstep: Misstep) => void };

/** Takes one step, over and over where that may help. @returns what went wrong for good. */
async function take(step: Step, name: string, { handle, signal, tell: seen }: Taking): Promise<Misstep | undefined> {
  const target = step.to === undefined ? handle : handle.client.getHandle(step.to);
  const updateId = randomUUID();
  let isClosed = false;
  for (let times = 1; ; times += 1) {
    const answer = await send(step, target, { updateId, signal });
    const misstep = judged(step, name, answer);
    if (misstep === undefined) return undefined;
    // A child may begin later.
    const mayCome = answer.kind === 'none' || (answer.kind === 'gone' ? step.to !== undefined : step.query !== undefined);
    const isFinal = answer.kind === 'unknown' ? times >= mostUnknown : answer.kind === 'answered' && isClosed;
    if (!mayCome || isFinal) return { ...misstep, sentence: `${misstep.sentence}${await others(answer, target)}` };
    seen(misstep);
    const state = await stateOf(handle);
    if (signal.aborted || state === 'ended') return { ...misstep, late: true };
    isClosed = state === 'closed';
    await pause(againMs, undefined, { ref: false });
  }
}

/** Where there is no such update, those that there are, unless that was said. */
async function others(answer: Answer, target: WorkflowHandle): Promise<string> {
  const isMissing = answer.kind === 'failed' && /no registered handler|handler .*not found|unknown update/i.test(answer.failure.message);
  return isMissing && !/known/i.test(answer.failure.message) ? knownMessages(target) : '';
}

type Sending = { readonly updateId: string; readonly signal: AbortSignal };

function send({ query, update: name, signal: told, input }: Step, handle: WorkflowHandle, options: Sending): Promise<Answer> {
  if (query !== undefined) return ask(handle, query, input, options.signal);
  if (name !== undefined) return update(handle, name, input, options);
  return told === undefined ? cancel(handle) : tell(handle, told, input);
}

/** What is wrong with an answer; undefined where nothing is. */
function judged({ expect, to }: Step, name: string, answer: Answer): Misstep | undefined {
  const expected = expect === undefined ? 'an answer' : expect.failure === undefined
    ? `the answer ${exactText(expect.result)}` : expectedFailure(expect.failure);
  const misstep = (how: string, got: string, late = false): Misstep => ({ sentence: `${name} ${how}`, expected, got, late });
  if (answer.kind === 'none') return misstep('is not answered', answer.text);
  if (answer.kind === 'gone') {
    return to === undefined ? misstep('came too late: the execution had ended before', answer.text, true)
      : misstep(`finds no workflow "${to}" that runs`, answer.text);
  }
  if (answer.kind === 'failed') {
    const { type, message } = answer.failure;
    const got = `failed with ${type === undefined ? '' : `${type}: `}${message}`;
    if (expect?.failure === undefined) return misstep(got, got);
    const difference = failureDifference(expect.failure, answer.failure);
    return difference === undefined ? undefined : misstep(`failed otherwise than expected: ${got}`, got);
  }
  if (answer.kind !== 'answered') return misstep(`is refused: ${answer.text}`, answer.text);
  if (expect === undefined) return undefined;
  const got = `the answer ${exactText(answer.value)}`;
  if (expect.failure !== undefined) return misstep('was accepted, but was to fail', got);
  const path = differs(expect.result, answer.value, 'its answer');
  return path === undefined ? undefined : misstep(`is not answered as expected: ${path} is ${exactText(answer.value)}`, got);
}

function nameOf({ query, update: name, signal, to }: Step): string {
  const told = signal === undefined ? 'cancel' : `signal ${signal}`;
  const what = query !== undefined ? `query ${query}` : name !== undefined ? `update ${name}` : told;
  return to === undefined ? what : `${what} to "${to}"`;
}

import {
  ApplicationFailure, defineQuery, executeChild, proxyActivities, proxyLocalActivities, setHandler, workflowInfo,
} from '@temporalio/workflow';

const quick = { startToCloseTimeout: '10s', retry: { initialInterval: '50ms', backoffCoefficient: 1 } } as const;
const { double, nobody } = proxyActivities<{ double(value: number): Promise<number>; nobody(): Promise<void> }>(quick);

const { same } = proxyActivities<{ same(value: unknown): Promise<unknown> }>(quick);

export async function givesBack(value: unknown): Promise<unknown> {
  return same(value);
}

export async function doubles(value: number): Promise<number> {
  return double(value);
}

export async function failsAsPlanned(): Promise<void> {
  throw ApplicationFailure.nonRetryable('planned', 'Planned');
}

export async function breaksItsTask(): Promise<void> {
  throw new TypeError('a defect');
}

export async function callsNobody(): Promise<void> {
  await nobody();
}

export async function tells(): Promise<void> {
  setHandler(defineQuery('list'), () => ['b', 'a']);
  setHandler(defineQuery('nothing'), () => undefined);
}

type Flaky = { flaky(key: string): Promise<number> };
const { flaky } = proxyActivities<Flaky>(quick);
const { flaky: once } = proxyActivities<Flaky>({ ...quick, retry: { maximumAttempts: 1 } });
const { flaky: local } = proxyLocalActivities<Flaky>(quick);

/** Ends well, but for retries: of an activity, a local activity, an activity that is called again, and a child. */
export async function triesAgain(): Promise<string> {
  await flaky('activity');
  await local('local');
  await once('again').catch(() => once('again'));
  await once('other').catch(() => once('another').catch(() => {}));
  return executeChild(child, { retry: { initialInterval: '50ms', maximumAttempts: 3 } });
}

export async function child(): Promise<string> {
  const { attempt } = workflowInfo();
  if (attempt === 1) throw ApplicationFailure.create({ message: 'the child is not ready', type: 'NotReady' });
  return 'done';
}

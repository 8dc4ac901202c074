import { ApplicationFailure, proxyActivities } from '@temporalio/workflow';

const quick = { startToCloseTimeout: '10s', retry: { initialInterval: '50ms', backoffCoefficient: 1 } } as const;
const { double, nobody } = proxyActivities<{ double(value: number): Promise<number>; nobody(): Promise<void> }>(quick);

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

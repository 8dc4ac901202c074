import { proxyActivities, sleep } from '@temporalio/workflow';

const { double } = proxyActivities<{ double(value: number): Promise<number> }>({ startToCloseTimeout: '10s' });

/** The workflow of workflows.fixture.ts, changed: what that one did is no longer what this one does. */
export async function doubles(value: number): Promise<number> {
  await sleep(1);
  return double(value);
}

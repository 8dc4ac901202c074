import type { Contract } from './schema.ts';

/** Whether an execution is expected to fail, or an update that is sent to it. */
export function plansFailure({ expect, steps = [] }: Contract['executions'][number]): boolean {
  return expect.failure !== undefined || steps.some((step) => step.expect?.failure !== undefined);
}

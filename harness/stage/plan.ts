import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { Contract } from '../contract/schema.ts';
import type { Asked } from '../services/conversation.ts';
import { useBetween, type CpuSample, type CpuUse } from '../system/cpu/cpu-use.ts';
import type { Execution, Messages } from '../temporal/execute.ts';
import type { Limits } from './limits.ts';

/** An execution of the contract. */
export type Plan = Contract['executions'][number];

/** An execution that is caught in the middle of an activity. */
export type Held = {
  readonly plan: Plan;
  /** The activity's type; undefined where the model's answer holds it there, whichever it is. */
  readonly type?: string;
  /** How long that activity takes, in milliseconds; undefined where the model's answer decides it. */
  readonly usualMs?: number;
};

/**
 * An execution of the contract on its way: the plan has its number in place of `{n}`; `asked` is what it has asked the model so far,
 * `messages` what it is sent.
 */
export type Begun = WorkflowHandle & {
  readonly plan: Plan; readonly number: number; readonly asked: readonly Asked[]; readonly from: CpuSample; readonly messages: Messages;
};

/** One that has ended, and what its worker waited for a CPU and used meanwhile; what belongs to no plan was begun otherwise. */
export type Done = Execution & Partial<Pick<Begun, 'plan' | 'number' | 'asked' | 'workflowId'>> & { readonly use?: CpuUse };

export type BeginOptions = {
  readonly by?: 'order' | 'turn';
  /** Drawn before, where the plan holds it already. */
  readonly number?: number;
  /** Nobody knows whether it goes well, so that what a retry hides in it says nothing. */
  readonly trial?: boolean;
};

/** An id for an execution that says none; logs are searched for its form. */
export const newId = (): string => randomUUID();

/** Whether it ends well: with a result, or as cancelled where the contract says so. */
export function endsWell({ expect }: Plan): boolean {
  return expect.failure === undefined;
}

/** How long one may take, in milliseconds; beside others at least as long as any. */
export function mayTakeMs(
  { timeoutSeconds }: Pick<Plan, 'timeoutSeconds'>, { executionMs }: Limits, beside: 'alone' | 'beside others' = 'alone',
): number {
  const ownMs = timeoutSeconds === undefined ? executionMs : timeoutSeconds * 1_000;
  return beside === 'alone' ? ownMs : Math.max(ownMs, executionMs);
}

/** How long its end is waited for, as long as an execution may take unless given. */
export type EndOptions = { readonly withinMs?: number };

/** What an execution has come to by now. */
export function doneOf(handle: WorkflowHandle | Begun, execution: Execution, now: CpuSample): Done {
  if (!('plan' in handle)) return execution;
  const { plan, number, asked, workflowId, from } = handle;
  return { ...execution, plan, number, asked: [...asked], workflowId, use: useBetween(from, now) };
}

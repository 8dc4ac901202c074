import type { PayloadCodec } from '@temporalio/common';
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/client';
import { startOwnWorker, type Caller } from './caller.ts';
import type { ServerInfo } from './connect.ts';
import { dataConverterWith } from './data-converter.ts';

/** What a stand-in answers for one type of activity. */
export type StandIn = {
  readonly result?: unknown;
  readonly failure?: { readonly type: string; readonly message: string; readonly nonRetryable: boolean } | undefined;
};

/** What is answered to the activities that an execution calls, by their types; undefined where nobody knows the execution. */
export type AnswersOf = (workflowId: string) => Promise<Readonly<Record<string, StandIn>> | undefined>;

/**
 * A worker of the harness's own that takes every activity of a task queue: for those that the worker under test calls and does not have.
 * @throws {WaitFailed} when the server lets it wait for too long.
 */
export function startStandIn(
  server: ServerInfo, namespace: string, taskQueue: string,
  { answersOf, codec }: { readonly answersOf: AnswersOf; readonly codec: PayloadCodec | undefined },
): Promise<Caller> {
  const answer = async (): Promise<unknown> => {
    const { activityType, workflowExecution } = activityInfo();
    const answers = await answersOf(workflowExecution?.workflowId ?? '');
    const standIn = answers !== undefined && Object.hasOwn(answers, activityType) ? answers[activityType] : undefined;
    if (standIn === undefined) throw ApplicationFailure.nonRetryable(
      `the contract names nothing that stands in for activity ${activityType}: add it to activities of the execution`, 'NoStandIn',
    );
    if (standIn.failure !== undefined) throw ApplicationFailure.create(standIn.failure);
    return standIn.result;
  };
  return startOwnWorker(server, { namespace, taskQueue, dataConverter: dataConverterWith(codec), activities: { default: answer } });
}

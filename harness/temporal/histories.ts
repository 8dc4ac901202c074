import { Client, type Connection } from '@temporalio/client';
import { eventsOf, timeOf, type HistoryEvent } from './history.ts';

/** A workflow run as the server lists it. */
export type ListedRun = {
  readonly workflowId: string;
  readonly runId: string;
  /** The id of the workflow that began it all: its own, or that of the first of its parents. */
  readonly rootId: string;
  /** Milliseconds since 1970 by the server's clock; the end is Infinity while it runs. */
  readonly fromMs: number;
  readonly toMs: number;
};

/** Every run of a namespace that the server still has. */
export async function runsOf(connection: Connection, namespace: string): Promise<ListedRun[]> {
  const runs: ListedRun[] = [];
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const page = await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1_000, nextPageToken, query: '' });
    runs.push(...page.executions.map(({ execution, rootExecution, startTime, closeTime }) => ({
      workflowId: execution?.workflowId ?? '', runId: execution?.runId ?? '',
      rootId: rootExecution?.workflowId || (execution?.workflowId ?? ''),
      fromMs: timeOf(startTime), toMs: closeTime ? timeOf(closeTime) : Infinity,
    })));
    ({ nextPageToken } = page);
  } while (nextPageToken.length > 0);
  return runs;
}

/** The history of one run. */
export function historyOf(connection: Connection, namespace: string, { workflowId, runId }: ListedRun): Promise<HistoryEvent[]> {
  return eventsOf(new Client({ connection, namespace }).workflow.getHandle(workflowId, runId));
}

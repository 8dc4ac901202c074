import type { HistoryEvent } from '../../temporal/history.ts';
import type { Actor, Done } from '../actor.ts';
import { compare } from '../expectation.ts';

/** So many processes more are asked about what was not done alike: a choice between two is seen by one of them in 16,000 of 16,001 runs. */
export const more = 14;

/**
 * The executions of the contract for which launches did not do the same in the same order, though all of them went well. There is good
 * reason for some: activities that end in another order. What depends on the process, as the hash of a text does, shows here too.
 */
export function varying(all: readonly Pick<Actor, 'executions' | 'launch'>[]): string[] {
  const own = all.filter(({ launch }) => launch.command.variant === 'subject');
  const done = own.flatMap(({ executions }) => executions.filter(isWell));
  const names = [...new Set(done.flatMap(({ plan }) => plan?.name ?? []))];
  return names.filter((name) => {
    const courses = done.filter(({ plan }) => plan?.name === name).map(({ events }) => JSON.stringify(commandsIn(events)));
    return new Set(courses).size > 1;
  });
}

function isWell({ plan, ...done }: Done): boolean {
  return plan?.workflow !== undefined && compare(plan, done) === undefined;
}

/** What a workflow asked for, in order: the events that follow from its commands, with their types. */
function commandsIn(events: readonly HistoryEvent[]): string[] {
  return events.flatMap((event) => {
    const activity = event.activityTaskScheduledEventAttributes?.activityType?.name;
    const child = event.startChildWorkflowExecutionInitiatedEventAttributes?.workflowType?.name;
    if (activity) return [`activity ${activity}`];
    if (child) return [`child ${child}`];
    return event.timerStartedEventAttributes ? ['timer'] : [];
  });
}

import { expectedProblem } from './matchers.ts';
import type { Contract } from './schema.ts';

type Rule = readonly [path: readonly (string | number)[], problem: string | false | undefined];
type Execution = Contract['executions'][number];
type Step = NonNullable<Execution['steps']>[number];

/** What contradicts itself in what is sent to executions, and in the activities that the harness stands in for. */
export function stepRules(contract: Contract): Rule[] {
  return contract.executions.flatMap((execution, index) => (
    [...ownRules(execution), ...(execution.steps ?? []).flatMap(messageRules), ...standInRules(execution, contract)]
      .map(([path, problem]): Rule => [['executions', index, ...path], problem])
  ));
}

function ownRules({ workflow, nexus, steps = [], id, activities = {}, expect }: Execution): Rule[] {
  const kind = nexus === undefined ? 'an activity' : 'a Nexus operation';
  const beside = (what: string) => workflow === undefined && `stands beside workflow only: ${kind} ${what}`;
  return [
    [['steps'], steps.length > 0 && beside('takes no messages')],
    [['id'], id !== undefined && beside('has no id of its own')],
    [['activities'], Object.keys(activities).length > 0 && beside('has nobody who stands in for its activities')],
    [['expect', 'cancelled'], expect.cancelled && steps.every(({ cancel, to }) => !cancel || to !== undefined)
      && 'nothing asks for that: add { cancel: true } to steps'],
  ];
}

function messageRules({ query, update, cancel, input, expect }: Step, index: number): Rule[] {
  const answers = query !== undefined || update !== undefined;
  const rules: Rule[] = [
    [['input'], cancel && input.length > 0 && 'cancel takes no arguments'],
    [['expect'], !answers && expect !== undefined && 'a signal and cancel have no answer; ask a query afterwards, or judge the end'],
    [['expect', 'failure'], query !== undefined && expect?.failure !== undefined
      && 'stands beside update only: a query that fails tells no type'],
    [['expect', 'result'], expectedProblem(expect?.result)],
  ];
  return rules.map(([path, problem]) => [['steps', index, ...path], problem]);
}

/** Where the worker polls for activities itself, a second one would be given its tasks. */
function standInRules({ activities = {} }: Execution, { registers }: Contract): Rule[] {
  return Object.entries(activities).map(([type, { queue }]): Rule => [['activities', type], registers.activities.includes(type)
    ? `"${type}" is an activity of the worker itself (registers.activities); nothing stands in for what is to be verified`
    : queue === undefined && registers.activities.length > 0
      && 'needs queue: the worker polls its own task queue for activities, and another poller there would be given its tasks']);
}

import { z } from 'zod';
import { atLeastOne, exactlyOne, flag, section, text } from './fields.ts';

/** A failure as it is expected. */
export const failureSchema = section({
  type: text("The failure's type, for example the exception's class name.").optional(),
  message: text('What its message holds, where the failure has no type (of plain errors in Go), or beside that.').optional(),
  nonRetryable: flag('Whether the failure says that it must not be retried.').optional(),
}, 'It fails with this: a type, or what its message holds, or both.').refine(...atLeastOne('type', 'message'));

const answer = section({
  result: z.unknown().describe('The answer is this; null for nothing.').optional(),
  failure: failureSchema.optional(),
}, 'What a query or an update is answered.').refine(...exactlyOne('result', 'failure'));

/** One message to a workflow that runs, or the request that it be cancelled. */
export const stepSchema = section({
  query: text('A query; asked again until it is answered as expected, or the time of the execution is up.').optional(),
  update: text('An update, which must be accepted and come to its end.').optional(),
  signal: text('A signal.').optional(),
  cancel: z.literal(true, { error: 'expected true' }).describe('The execution is asked to end as cancelled.').optional(),
  to: text("The id of another workflow that is meant, for example a child's; left out, the execution itself. {n} is its number.")
    .optional(),
  input: z.array(z.unknown(), { error: 'expected a list of arguments' }).default([]).describe('The arguments, in order.'),
  expect: answer.optional(),
}, 'One message to the workflow while it runs: a query, an update, a signal, or cancel.')
  .refine(...exactlyOne('query', 'update', 'signal', 'cancel'));

const standInFailure = section({
  type: text("The failure's type."),
  message: text('Its message.').default('failed as the contract says'),
  nonRetryable: flag('Whether it must not be tried again; false leaves that to the workflow.').default(true),
}, 'The activity fails with this.');

/** What an activity of somebody else's answers, for which the harness stands in. */
export const standInSchema = section({
  result: z.unknown().describe('The activity returns this; null for nothing. {n} is the number of the execution.').optional(),
  failure: standInFailure.optional(),
  queue: text('The task queue on which the workflow calls it; left out, the one on which the workflow runs.').optional(),
}, 'An activity that the worker calls and does not register: the harness answers in its place.').refine(...exactlyOne('result', 'failure'));

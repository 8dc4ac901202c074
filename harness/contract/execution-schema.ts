import { z } from 'zod';
import { between, exactlyOne, section, text, textLike } from './fields.ts';
import { failureSchema, standInSchema, stepSchema } from './step-schema.ts';

/** How long an execution may take that says nothing of it. */
export const usualSeconds = 30;

const toolCall = section({
  name: text('Name of the tool.'),
  arguments: z.record(z.string(), z.unknown(), { error: 'expected a mapping' }).default({}).describe('What the tool is called with.'),
}, 'One call of a tool.');

const llmError = section({
  status: between(400, 599, 'an HTTP status from 400 to 599').describe('HTTP status, 400 to 599.'),
  message: text('The error message in the response.'),
}, 'The model fails with this.');

const whose = textLike(/^[A-Za-z][\w-]*$/, 'the name of a service of kind llm', 'Which of several models: the name of its service.')
  .optional();

const reply = section({
  service: whose,
  text: text('The model answers with this text.').optional(),
  toolCalls: z.array(toolCall, { error: 'expected a list of tool calls' }).min(1, { error: 'expected at least one tool call' })
    .describe('The model asks for these tools.').optional(),
  error: llmError.optional(),
}, 'One reply of the LLM stand-in: a text, tool calls or an error.')
  .refine(...exactlyOne('text', 'toolCalls', 'error'))
  .transform(({ service, text: said, toolCalls = [], error }) => ({
    ...(service !== undefined && { service }),
    ...(said !== undefined ? { text: said } : error !== undefined ? { error } : { toolCalls }),
  }));

const expectation = section({
  result: z.unknown().describe('The execution returns this; null for nothing.').optional(),
  failure: failureSchema.optional(),
  cancelled: z.literal(true, { error: 'expected true' }).describe('The execution ends as cancelled.').optional(),
}, 'How the execution ends: with a result, with a failure, or cancelled.').refine(...exactlyOne('result', 'failure', 'cancelled'));

const contained = text('What the messages to the model must hold; {n} is the execution\'s number.');
const ask = section({
  service: whose,
  model: text('The model that must be asked, as the request names it.').optional(),
  contains: z.union([
    contained, z.array(contained, { error: 'expected a list of texts' }).min(1, { error: 'expected at least one text' }),
  ], {
    error: 'expected a text or a list of texts',
  }).transform((given) => [given].flat()).describe('What the messages of a request must hold: a text, or a list of them.').optional(),
}, 'What the model must be asked.');

const error = 'expected a mapping, or a list of them';
const asks = z.union([ask, z.array(ask, { error }).min(1, { error })], { error }).transform((given) => [given].flat())
  .describe('What the model must be asked; a list where several models are.');

const countRule = 'a whole number of 1 or more';
const count = between(1, 1_000, countRule);
const timeoutRule = 'a whole number of seconds from 1 to 3600';

const operation = section({
  endpoint: text('The Nexus endpoint; left out, the only one of nexus.').optional(),
  service: text('The Nexus service.'),
  operation: text('Its operation.'),
}, 'The Nexus operation that is called, with one argument at most; the harness hosts the calling workflow.');

/** One workflow, activity or Nexus operation that is run, with the model's replies and the expected end. */
export const executionSchema = section({
  name: textLike(/[A-Za-z0-9]/, 'a name with a letter from a to z or a digit', "What is promised, in words; gives the check's id."),
  workflow: text('The workflow that is started.').optional(),
  activity: text('The activity that is called; the harness hosts the calling workflow.').optional(),
  nexus: operation.optional(),
  queue: text('The task queue of temporal.taskQueues on which it is started; left out, the one that registers its type.').optional(),
  id: textLike(/\{n\}/, 'an id that holds {n}, so that each execution has its own',
    "The workflow's id, where the worker's code makes it up or others ask for it; it must hold {n}.").optional(),
  input: z.array(z.unknown(), { error: 'expected a list of arguments' }).default([])
    .describe('The arguments, in order. In texts here, in id, llm, steps, activities, expect and asks {n} is the number of the ' +
      'execution; {n} without quotes is the number itself. An argument { $base64: "AAE=" } is these bytes (binary/plain).'),
  llm: z.array(reply, { error: 'expected a list of replies' }).default([]).describe("The model's replies, in order."),
  steps: z.array(stepSchema, { error: 'expected a list of steps' }).min(1, { error: 'expected at least one step' })
    .describe('What is sent to the workflow while it runs, one after the other.').optional(),
  activities: z.record(z.string(), standInSchema, { error: 'expected a mapping from types to answers' })
    .describe('Activities of somebody else that the workflow calls, by their type; the harness answers in their place.').optional(),
  expect: expectation,
  attempts: z.record(z.string(), count, { error: `expected a mapping from types to ${countRule}` })
    .describe('How many attempts of an activity or a child workflow are planned, by its type; 1 unless named.').optional(),
  concurrency: count.describe('How many of these run at the same time, which is promised; 1: none beside another one, and with the same ' +
    'input only once on a launch.').optional(),
  asks: asks.optional(),
  timeoutSeconds: between(1, 3_600, timeoutRule)
    .describe(`How long one of these may take, in seconds; ${usualSeconds} when left out.`).optional(),
}, 'One workflow, activity or Nexus operation that is run.').refine(...exactlyOne('workflow', 'activity', 'nexus'));

import { z } from 'zod';
import { between, oneOf, section, text, textLike, textList } from './fields.ts';

/** How a worker is told something: an environment variable, or a flag in any of its spellings: -q, --task_queue, --address=. */
export const pointerPattern = /^([A-Za-z_][A-Za-z0-9_.]*|--?[A-Za-z][\w.-]*=?)$/;

const pointer = (what: string) => textLike(
  pointerPattern, 'the name of an environment variable or a --flag',
  `The environment variable, or the flag, that gives the worker ${what}.`,
);

/** What the worker is told, or what its code has fixed. */
const toldOrFixed = (what: string, fixed: z.ZodType<string>) => z.union([
  pointer(what), section({ fixed }, `The worker is not told ${what}: its code has it.`),
], { error: 'expected the name of an environment variable or a --flag, or { fixed: … }' }).describe(`What gives the worker ${what}.`);

const address = textLike(/^[\w.-]+:\d{1,5}$/, 'HOST:PORT, such as "localhost:7233"', 'The address in its code.');

const queue = section({
  name: textLike(/^[A-Za-z][\w-]*$/, 'a name of letters, digits, _ and -', 'What the contract calls it, as in {queue.NAME}.'),
  from: pointer('the name of the task queue').optional(),
  fixed: text('The name of the task queue, which the code has.').optional(),
  workflows: textList('Workflow types that the worker registers there.').default([]),
  activities: textList('Activity types that the worker registers there.').default([]),
}, 'A task queue that the worker polls.').refine(({ from, fixed }) => from === undefined || fixed === undefined, {
  error: 'has both from and fixed', path: ['fixed'], abort: true,
});

const deployment = section({
  name: text('The name of the worker deployment.'),
  buildId: z.union([
    pointer('its build id'), section({ fixed: text('The build id that is in its code.') }, 'The worker is not told its build id.'),
  ], { error: 'expected the name of an environment variable or a --flag, or { fixed: … }' })
    .describe('What gives the worker its build id.'),
}, 'Worker versioning: the version that the worker registers as, which is made current before anything is run on it.');

/** The types of search attributes, with their numbers in temporal.api.enums.v1.IndexedValueType. */
export const searchAttributeTypes = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 } as const;

/** The words of these types. */
const isType = (name: string): name is keyof typeof searchAttributeTypes => name in searchAttributeTypes;
const typeNames = Object.keys(searchAttributeTypes).filter(isType);

const tls = z.union([z.literal(true), section({
  ca: pointer("the path of a PEM file with the authority that signs the server's certificate").optional(),
  cert: pointer('the path of a PEM file with its client certificate').optional(),
  key: pointer('the path of a PEM file with the private key of that').optional(),
  serverName: pointer("the name in the server's certificate").optional(),
}, 'How it is told whom to trust and what to show.')], { error: 'expected true, or a mapping with ca, cert, key, serverName' })
  .describe('It calls the server by TLS. true, or without ca: it trusts whom the system does (SSL_CERT_FILE).');
const keyError = 'expected the name of an environment variable: what is on a command line is no secret';
const apiKey = z.string({ error: keyError }).regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: keyError, abort: true })
  .describe('The environment variable that gives the worker its API key, which it must show with every call, by TLS.');

/** How the worker and its server come together. */
export const temporalSchema = section({
  address: toldOrFixed("the server's host and port", address).optional(),
  namespace: toldOrFixed('the namespace', text('The namespace in its code.')).optional(),
  taskQueue: toldOrFixed('the task queue', text('The name of the task queue, which the code has.')).optional(),
  taskQueues: z.array(queue, { error: 'expected a list of task queues' })
    .describe('The task queues of a worker that polls several, each with what is registered there; instead of taskQueue and registers.')
    .default([]),
  identity: text('The identity of its client, where that holds no pid: its namespace, or its own way to the server, tells whose it is.')
    .optional(),
  processes: between(1, 64, 'a whole number of processes from 1 to 64')
    .describe('How many of its processes poll at most, where it starts several that do.').default(1),
  tls: tls.optional(),
  apiKey: apiKey.optional(),
  deployment: deployment.optional(),
  searchAttributes: z.record(
    textLike(/^\w+$/, 'a name of letters, digits and _', 'Its name.'), oneOf(typeNames, 'Its type.'), { error: 'expected a mapping' },
  ).describe('Search attributes that the namespace must have, by name.').default({}),
}, 'How the worker is pointed at a server, and what it polls there.');

/** A task queue of the contract, from whichever form it was written in. */
export type Queue = z.infer<typeof queue>;


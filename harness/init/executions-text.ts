import type { NamedQueue } from './draft.ts';
import { fillIn } from './stubs.ts';
import { anyOf, exampleOf, flow, wordsOf } from './values.ts';

const runs = (name: string): string => `runs ${name}`;
const takesLong = '; so that it takes a few seconds';

/** The activity in the middle of which the worker can be stopped: the only one that tells that it goes on. */
function longOf(queues: readonly NamedQueue[], asksModel: boolean): string | undefined {
  // A model's answer can be held back, and with it any activity that asks it.
  const [first, ...more] = asksModel ? [] : queues.flatMap(({ activities }) => activities.filter(({ beats }) => beats));
  return more.length === 0 ? first?.name : undefined;
}

/** The stub of the execution that is in flight when the worker is stopped; undefined where nothing tells which takes long. */
export function inFlightOf(queues: readonly NamedQueue[], asksModel: boolean): string | undefined {
  const long = longOf(queues, asksModel);
  return long === undefined ? undefined : runs(long);
}

/** One stub for each workflow and for an activity that takes a while; where there is no workflow, for each activity. */
export function executionsText(queues: readonly NamedQueue[], asksModel: boolean): string {
  const long = longOf(queues, asksModel);
  const hasWorkflows = queues.some(({ workflows }) => workflows.length > 0);
  if (queues.every(({ workflows, activities, operations }) => workflows.length + activities.length + operations.length === 0)) return '';
  const all = queues.flatMap(({ workflows, activities }) => (hasWorkflows ? workflows : activities).map(({ name }) => name));
  const isTwice = (name: string): boolean => all.indexOf(name) !== all.lastIndexOf(name);
  const stubs = queues.flatMap(({ name: queue, workflows, activities, operations }) => {
    const own: readonly Named[] = [
      ...workflows.map((each) => ({ ...each, says: `workflow: ${flow(each.name)}` })),
      ...activities.filter(({ name }) => !hasWorkflows || name === long).map((each) => ({ ...each, says: `activity: ${flow(each.name)}` })),
      ...operations.map(({ service, name, input, result }) => ({
        name, input: [{ name: 'input', shape: input }].filter(({ shape }) => shape.kind !== 'null'), result,
        says: `nexus: ${flow({ service, operation: name })}`,
      })),
    ];
    return own.filter(isNamed).map(({ name, says, input, result, ...handlers }) => [
      `  - name: ${flow(`${runs(name)}${isTwice(name) ? ` on ${queue}` : ''}`)}`,
      `    ${says}`,
      ...(queues.length > 1 && !says.startsWith('nexus') ? [`    queue: ${queue}`] : []),
      ...(input.length === 0 && result.kind === 'any' ? [`    input: [] ${fillIn('what it is given, if anything')}`] : []),
      ...(input.length === 0 ? [] : [`    input: ${flow(input.map((each) => exampleOf(each.shape, each.name)))} ` +
        fillIn(`${input.map((each) => `${each.name}: ${wordsOf(each.shape)}`).join('; ')}${name === long ? takesLong : ''}`)]),
      ...stepsText(handlers),
      ...(asksModel ? [`    llm: [{ text: "the answer" }] ${fillIn('what the model answers, or no such line')}`] : []),
      `    expect: ${expectText(anyOf(result))}`,
    ].join('\n'));
  });
  const activities = hasWorkflows ? queues.flatMap((queue) => queue.activities.flatMap(({ name }) => name ?? [])) : [];
  return [
    'executions:',
    ...(activities.length === 0 ? [] : [`  # Together they must run every activity: ${activities.join(', ')}.`]),
    stubs.join('\n\n'),
  ].join('\n');
}

/** On one line where it fits there. */
function expectText(result: unknown): string {
  const mark = fillIn('what it must answer');
  const line = `{ result: ${flow(result)} } ${mark}`;
  if (line.length < 110 || typeof result !== 'object' || result === null) return line;
  return [mark, '      result:', ...Object.entries(result).map(([key, value]) => `        ${flow(key)}: ${flow(value)}`)].join('\n');
}

/** Something that can be called, and the line that says what it is. */
type Named = Partial<Handlers> & Pick<NamedQueue['activities'][number], 'name' | 'input' | 'result'> & { readonly says: string };

/** A dynamic one has no name. */
function isNamed<T extends { readonly name: string | undefined }>(type: T): type is T & { readonly name: string } {
  return type.name !== undefined;
}

type Handlers = Partial<Pick<NamedQueue['workflows'][number], 'signals' | 'queries' | 'updates'>>;

const argument = (input: NamedQueue['activities'][number]['input']) => (
  input.length === 0 ? {} : { input: input.map((each) => exampleOf(each.shape, each.name)) });

/** What a workflow answers to while it runs, as a comment: when it is asked only a person knows. */
function stepsText({ signals = [], queries = [], updates = [] }: Handlers): string[] {
  const steps = [
    ...queries.map(({ name, input, result }) => ({ query: name, ...argument(input), expect: { result: anyOf(result) } })),
    ...updates.map(({ name, input, result }) => ({ update: name, ...argument(input), expect: { result: anyOf(result) } })),
    ...signals.map(({ name, input }) => ({ signal: name, ...argument(input) })),
  ];
  return steps.length === 0 ? [] : ['    # steps: # what it answers to while it runs, in the order in which it is sent',
    ...steps.map((step) => `    #   - ${flow(step)}`)];
}

import { validRange } from '@renovatebot/pep440';
import type { z } from 'zod';
import { checkRows, executionId, filled, reservedIds } from '../model/catalogue.ts';
import { parseEndpoint } from './endpoints.ts';
import { argumentProblem, expectedProblem } from './matchers.ts';
import { nearest } from './nearest.ts';
import { parseReach } from './reaches.ts';
import type { Rule } from './rule.ts';
import type { Contract, Variable } from './schema.ts';
import { fillIn, placeholderProblems, placeholdersIn } from './placeholders.ts';
import { knownPlaceholders, tellingTexts } from './known-placeholders.ts';
import { isPointer, withQueues } from './pointers.ts';
import { securedProblems } from './secured.ts';
import { modelsMeant, placeProblem, placesIn, servicePlaceholders, serviceWords, type ServiceEntry } from './services-schema.ts';
import { slug } from './slug.ts';
import { nexusRules } from './nexus-rules.ts';
import { stepRules } from './step-rules.ts';
import { queueRules, temporalRules } from './temporal-rules.ts';

/** Ids that are other checks'. */
const takenIds: ReadonlySet<string> = new Set([...checkRows.map(({ id }) => id), ...reservedIds]);

/** Adds what no single field can be blamed for to zod's issues. */
export function addRuleProblems(written: Contract, context: z.core.$RefinementCtx<Contract>): void {
  const contract = withQueues(written);
  const { services } = contract;
  const rules = [
    ...temporalRules(written), ...securedProblems(contract), ...sourceRules(contract), ...registerRules(written),
    ...executionRules(contract), ...stepRules(contract), ...queueRules(contract), ...nexusRules(written), ...inFlightRules(contract),
    ...Object.entries(contract.environment).flatMap(([name, variable]) => [
      ...variableRules(variable), ...surroundingRules(variable, services, isPointer(contract, name)),
    ].map(([path, problem]): Rule => [['environment', name, ...path], problem])),
    ...textRules(contract), ...bundleRules(contract), ...serviceRules(contract), ...traceRules(contract), ...codecRules(contract),
  ];
  for (const [path, message] of rules) if (message) context.addIssue({ code: 'custom', message, path: [...path] });
}

const plain = (path: string): string => path.replace(/^\.\//, '');

function sourceRules({ source: { spec, build = [] } = { entry: '' } }: Contract): Rule[] {
  const words = [build].flat().join(' ');
  const built = words.match(/[^\s"'=;&|()]+\.spec(?![\w.])/g) ?? [];
  const isOther = spec !== undefined && built.length > 0 && !built.some((one) => plain(one) === plain(spec));
  return [
    [['source', 'build'], words.trim() === '' && build.length > 0 && 'is blank; leave it out to have it found'],
    [['source', 'spec'], isOther && `source.build builds ${built.join(', ')}; name that one, or leave it out`],
  ];
}

function registerRules({ registers: { workflows, activities }, temporal: { taskQueues }, nexus }: Contract): Rule[] {
  const none = workflows.length + activities.length + taskQueues.length + nexus.length === 0;
  return [
    [['registers'], none && 'names neither a workflow nor an activity; a worker that registers nothing cannot be verified'],
    ...Object.entries({ workflows, activities }).flatMap(([kind, names]) => names.map((name, index): Rule => (
      [['registers', kind, index], names.indexOf(name) < index && `"${name}" is listed twice`]
    ))),
  ];
}

function executionRules({ executions, registers, services }: Contract): Rule[] {
  const ids = executions.map(({ name }) => filled(executionId, { name: slug(name) }));
  const unlisted = (name: string | undefined, list: 'workflows' | 'activities') => name !== undefined && !registers[list].includes(name) &&
    `"${name}" is not in registers.${list}: ${registers[list].join(', ') || 'none'}`;
  const types = [...registers.workflows, ...registers.activities];
  return executions.flatMap(({ name, workflow, activity, input, llm, attempts = {}, asks, expect: { result }, ...more }, index): Rule[] => {
    const at = (key: string) => ['executions', index, key];
    const id = ids[index] ?? '';
    const given = `"${name}" gives the id ${id}`;
    return [
      [at('workflow'), unlisted(workflow, 'workflows')],
      [at('activity'), unlisted(activity, 'activities')],
      [at('name'), takenIds.has(id) && `${given}, which is another check's; choose another name`],
      [at('name'), ids.indexOf(id) < index && `${given} a second time; choose another name`],
      [[...at('expect'), 'result'], expectedProblem(result)],
      ...input.map((value, argument): Rule => [[...at('input'), argument], argumentProblem(value)]),
      [at('llm'), llm.length > 0 && (withoutModel(services) || whoseReplies(llm))],
      [at('asks'), asks !== undefined && llm.length === 0 && 'stands beside llm only: without replies no model is asked'],
      ...Object.entries({ llm, asks: asks ?? [] }).flatMap(([key, list]) => list.map(({ service }): Rule => (
        [at(key), service !== undefined && !withoutModel(services) && unknownModel(service, services)]
      ))),
      ...Object.keys(attempts).map((type): Rule => (
        [['executions', index, 'attempts'], !types.includes(type) && !Object.hasOwn(more.activities ?? {}, type)
          && `"${type}" is not in registers: ${types.join(', ')}`]
      )),
    ];
  });
}

/** What cannot be in flight at a stop. */
function inFlightRules({ executions, registers, shutdown: { inFlight, inFlightExecution: named } }: Contract): Rule[] {
  const asking = executions.find(({ llm }) => llm.length > 0);
  const none: Rule = [['shutdown', 'inFlight'], inFlight === 'none' && asking !== undefined
    && `none cannot be promised: "${asking.name}" asks a model, which may take as long as it likes; say drain or retry`];
  if (named === undefined) return [none];
  if (inFlight === 'none') return [none, [['shutdown', 'inFlightExecution'], 'cannot stand beside inFlight: none']];
  const plan = executions.find(({ name }) => name === named);
  const meant = nearest(named, executions.map(({ name }) => name));
  return [none, [['shutdown', 'inFlightExecution'], plan === undefined
    ? `"${named}" is no execution${meant === undefined ? `: ${executions.map(({ name }) => name).join(', ') || 'there are none'}`
      : `; did you mean "${meant}"?`}`
    : (plan.expect.failure !== undefined && `"${named}" is expected to fail; name an execution that is expected to complete`)
      || (registers.activities.length === 0 && `"${named}" runs no activity of the worker, which registers none`)]];
}

/** What contradicts itself within one environment variable. */
function variableRules({ required, secret, default: standard, allowed, type, from, value, example, invalid }: Variable): Rule[] {
  const values = { default: standard, value: placesIn(value ?? '').length > 0 ? undefined : value, example };
  return [
    [['default'], required && standard !== undefined
      && 'a required variable has no default: the worker must refuse to start without it'],
    [['secret'], secret && allowed !== undefined && 'stands beside allowed: what is one of a few known values is no secret, and hiding ' +
      'it would cut these words out of the report; leave out one of the two'],
    [['value'], from !== undefined && value !== undefined && 'cannot stand beside from'],
    [['example'], example !== undefined && example === standard
      && `"${example}" is the default; an example must differ from it, or it would prove nothing`],
    ...Object.entries(values).flatMap(([key, given]): Rule[] => (given === undefined ? [] : [
      [[key], allowed?.includes(given) === false && `"${given}" is not in allowed: ${allowed.join(', ')}`],
      [[key], type === 'integer' && !/^[+-]?\d+$/.test(given) && 'expected an integer, as type says'],
      [[key], type === 'url' && !URL.canParse(given) && 'expected a URL, as type says'],
    ])),
    ...invalid.flatMap((wrong): Rule[] => [
      [['invalid'], allowed?.includes(wrong) && `"${wrong}" is in allowed`],
      [['invalid'], wrong === standard && `"${wrong}" is the default`],
      [['invalid'], wrong === example && `"${wrong}" is the example`],
    ]),
  ];
}

/** What one environment variable says of other parts of the contract. */
function surroundingRules({ value, from, reaches }: Variable, services: readonly ServiceEntry[], tells: boolean): Rule[] {
  const pointed = tells && (value ?? from) !== undefined;
  return [
    [[value === undefined ? 'from' : 'value'], pointed && 'the harness sets this variable itself: it is in temporal'],
    [['from'], from !== undefined && placeProblem(from, services)],
    [['reaches'], reaches !== undefined && reachProblem(reaches, services)],
  ];
}

function bundleRules({ bundle: { python } }: Contract): Rule[] {
  // The library takes === followed by anything.
  const wrong = python !== undefined && (python.includes('===') || !validRange(python));
  return [[['bundle', 'python'], wrong
    && 'expected Python versions as pyproject.toml writes them, such as ">=3.11" or ">=3.11,<3.14"']];
}

/** Placeholders that stand for nothing. */
function textRules(contract: Contract): Rule[] {
  const known = knownPlaceholders(contract, contract.temporal.taskQueues);
  return tellingTexts(contract).flatMap(({ path, text }) => (
    placeholderProblems(text, known, path[0] === 'files' ? 'ours' : 'every').map((problem): Rule => [path, problem])
  ));
}

/** What a launch may talk to, listen on and write. */
function traceRules(contract: Contract): Rule[] {
  const { listens, connects, writes } = contract;
  const known = knownPlaceholders(contract, contract.temporal.taskQueues);
  return Object.entries({ listens, connects, writes }).flatMap(([key, entries]) => entries.flatMap((entry, index): Rule[] => [
    ...placeholderProblems(entry, known).map((problem): Rule => [[key, index], problem]),
    [[key, index], key !== 'writes' && placeholdersIn(entry).length === 0 && parseEndpoint(entry) === undefined
      && `"${entry}" is none: expected ${key === 'listens' ? 'a port, HOST:PORT' : 'HOST:PORT, HOST'} or the path of a Unix socket`],
    [[key, index], key === 'writes' && !/^(?:~|\.{1,2})?\/|^\*\*\/|^\{/.test(entry)
      && `"${entry}" does not say where it is: begin it with /, ~/ (its home), ./ (its working directory) or **/`],
  ]));
}

/** What is wrong with the service that a `reaches` entry speaks of; what the model is asked is seen whatever it is called. */
function reachProblem(entry: string, services: readonly ServiceEntry[]): string | false | undefined {
  const reach = parseReach(entry);
  if (reach?.at === 'service') return services.every(({ name }) => name !== reach.name) && placeProblem(entry, services);
  if (reach?.at !== 'llm.header' && reach?.at !== 'llm.body') return false;
  return withoutModel(services) || (modelsMeant(reach.model, services).length === 0 && unknownModel(reach.model, services));
}

/** The codec is asked at its program's own door: what comes through a launch's is the worker's. */
function codecRules({ codec, services }: Contract): Rule[] {
  if (codec === undefined) return [];
  const url = fillIn(codec.url, (name) => (name.endsWith('.url') ? 'http://127.0.0.1:1' : '1'));
  const other = services.find(({ kind, name }) => kind !== 'command' && placesIn(codec.url).some(({ service }) => service === name));
  const problems = [
    ...placeholderProblems(codec.url, servicePlaceholders(services)),
    other && `${other.name} is no program of the contract: a codec is a service with a command`,
    codec.url.startsWith('{') && !URL.parse(url)?.protocol.startsWith('http') ? `"${codec.url}" makes no address` : undefined,
  ].filter((problem) => problem !== undefined);
  return [[['codec', 'url'], problems[0]]];
}

function unknownModel(name: string, services: readonly ServiceEntry[]): string | false {
  const known = services.flatMap(({ kind, name: other }) => (kind === 'llm' ? [other] : []));
  return !known.includes(name) && `"${name}" is no model in services; there ${known.length === 1 ? 'is' : 'are'} ${known.join(', ')}`;
}

/** Counted by order, replies are either all of one row or each of one model's. */
function whoseReplies(replies: Contract['executions'][number]['llm']): string | false {
  const named = replies.filter(({ service }) => service !== undefined);
  const some = named.length > 0 && named.length < replies.length;
  return some && 'says of some replies whose they are: say service in each of them, or in none';
}

function withoutModel(services: readonly ServiceEntry[]): string | false {
  return services.every(({ kind }) => kind !== 'llm') && 'needs llm in services';
}

/** What a service may not be beside those before it, and what its command may not hold. */
function serviceRules({ services }: Contract): Rule[] {
  return services.flatMap(({ name, kind, command }, index) => {
    const before = services.slice(0, index);
    const meansOther = ['poller', 'result', 'log', 'temporal'].includes(name)
      || serviceWords.some((word) => word === name && word !== kind);
    const problems = [
      (before.some((other) => other.name === name) && `"${name}" is listed twice`)
        || (meansOther && `"${name}" means something else in from and reaches; choose another name`),
      ...Array.from(command.join('\n').matchAll(/\{\w+(?:\}|$)/gm), ([all]) => (
        all !== '{port}' && `unknown placeholder ${all}; a command knows {port} only`
      )),
    ];
    return problems.map((problem): Rule => [['services', index], problem]);
  });
}

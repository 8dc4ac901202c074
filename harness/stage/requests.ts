import { parseReach } from '../contract/reaches.ts';
import type { Contract } from '../contract/schema.ts';
import { modelsMeant, modelTitle } from '../contract/services-schema.ts';
import { CheckFailed } from '../model/errors.ts';
import { everyTextOf, repliesOf, textOf, type Asked } from '../services/conversation.ts';
import type { Actor, Done, Plan } from './actor.ts';

type Promised = Pick<Contract, 'environment' | 'services'>;

/**
 * How an execution that went as expected has not asked its models what the contract says: as often as it has replies, with the key of its
 * launch, the model and the texts of `asks`. Empty where it has.
 */
export function requestFailures(
  done: Done, actor: Pick<Actor, 'environment'>, { environment, services }: Promised = { environment: {}, services: [] },
): readonly CheckFailed[] {
  const { plan, asked = [] } = done;
  if (plan === undefined || plan.llm.length === 0) return [];
  const failures = [
    ...countFailures(plan, asked), keyFailure(plan, asked, actor, { environment, services }),
    ...(plan.asks ?? []).flatMap((ask) => [modelFailure(plan, ask, asked), textFailure(plan, ask, asked)]),
  ];
  return failures.filter((failure) => failure !== undefined);
}

type Ask = NonNullable<Plan['asks']>[number];

/** What was asked of the model that is meant; of all of them where none is named. */
const at = (service: string | undefined, asked: readonly Asked[]): readonly Asked[] => (
  service === undefined ? asked : asked.filter((each) => each.service === service)
);

const named = (service: string | undefined): string => service ?? 'the model';

function textFailure({ name }: Plan, { service, contains = [] }: Ask, asked: readonly Asked[]): CheckFailed | undefined {
  const own = at(service, asked);
  const missing = contains.find((text) => !own.some((each) => everyTextOf(each).includes(text)));
  return missing === undefined ? undefined
    : new CheckFailed(`"${name}": no request to ${named(service)} holds ${JSON.stringify(missing)}`, {
      expected: `a message that holds ${JSON.stringify(missing)} (asks.contains of the contract)`, got: lastShown(own),
      remedy: 'compare the messages with what the same worker sends from source: a prompt file that is missing, cut or filled in wrongly ' +
        'looks like this',
    });
}

function modelFailure({ name }: Plan, { service, model }: Ask, asked: readonly Asked[]): CheckFailed | undefined {
  const own = at(service, asked);
  const other = own.find(({ body }) => model !== undefined && body?.model !== model);
  const whom = service === undefined ? named(service) : `${service} for`;
  return other && new CheckFailed(`"${name}" asks ${whom} ${other.body?.model}, not ${model}`, {
    expected: `model ${model} (asks.model of the contract)`, got: [...new Set(own.map(({ body }) => body?.model))].join(', '),
    remedy: 'look for a model name in the code that wins over the configuration, or for an older default',
  });
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** Of each model where the replies say whose they are, else of all of them together. */
function countFailures(plan: Plan, asked: readonly Asked[]): (CheckFailed | undefined)[] {
  if (plan.llm.every(({ service }) => service === undefined)) return [countFailure(plan, undefined, asked, plan.llm.length)];
  const models = new Set([...plan.llm, ...asked].flatMap(({ service }) => service ?? []));
  return [...models].map((service) => countFailure(plan, service, at(service, asked), repliesOf(plan.llm, service).length));
}

/** An answer that stands ready is none of the model's; one more request is paid for. */
function countFailure(
  { name, attempts = {} }: Plan, service: string | undefined, asked: readonly Asked[], replies: number,
): CheckFailed | undefined {
  const most = replies * Math.max(1, ...Object.values(attempts));
  if (asked.length >= replies && asked.length <= most) return undefined;
  const never = asked.length === 0;
  const wanted = replies === 0 ? 'which has no reply in llm' : `not ${times(replies)}`;
  const how = never ? `never asks ${named(service)}` : `asks ${named(service)} ${times(asked.length)}, ${wanted}`;
  return new CheckFailed(`"${name}" ${how}`, {
    expected: replies === 0 ? 'no request' : `${times(replies)}: one request for each of the replies in llm`,
    got: never ? `no request reached ${named(service)}, and yet the result was as expected` : shown(asked),
    remedy: asked.length < replies
      ? 'look for a cached or canned answer; or list in llm only the replies that are asked for'
      : 'look for a retry of the provider\'s library, or an activity that asks again; or list one reply in llm for each request',
  });
}

/** Every request must bring what its launch was given in a header that the contract names, and in none of them anything else. */
function keyFailure(
  { name }: Plan, asked: readonly Asked[], actor: Pick<Actor, 'environment'>, { environment, services }: Promised,
): CheckFailed | undefined {
  const all = Object.entries(environment).flatMap(([variable, { reaches = '' }]) => {
    const reach = parseReach(reaches);
    const given = actor.environment[variable];
    const models = reach?.at === 'llm.header' ? modelsMeant(reach.model, services) : [];
    return reach?.at === 'llm.header' && given !== undefined ? [{ variable, header: reach.name, given, models }] : [];
  });
  for (const { service, headers, path } of asked) {
    const keys = all.filter(({ models }) => models.includes(service));
    const [first] = keys;
    if (first === undefined) continue;
    const told = (header: string): string => String(headers[header] ?? '');
    const other = keys.find(({ header }) => headers[header] !== undefined
      && keys.every((key) => key.header !== header || !told(header).includes(key.given)));
    const none = keys.every(({ header }) => headers[header] === undefined);
    if (other === undefined && !none) continue;
    const { variable, header } = other ?? first;
    const how = none ? `without ${variable}` : `with another ${variable} than its launch was given`;
    return new CheckFailed(`"${name}" asks ${modelTitle(service, services)} ${how}`, {
      expected: `the value of ${variable} in header ${header} of every request`,
      got: none ? `no header ${header} in ${path}` : `another value in ${path}`,
      remedy: `take ${variable} from the environment for every request; look for a key in the code, a file or a shared client`,
    });
  }
  return undefined;
}

const shownLength = 500;

/** The end of the last request, which holds what was said before and what tools have answered. */
function lastShown(asked: readonly Asked[]): string {
  const text = textOf(asked.at(-1)?.body?.messages ?? []);
  const cut = text.length > shownLength ? `…${text.slice(-shownLength)}` : text;
  return asked.length < 2 ? shown(asked) : `${asked.length} requests, the last: ${JSON.stringify(cut)}`;
}

/** The messages of the first request, as far as they fit. */
function shown(asked: readonly Asked[]): string {
  const text = textOf(asked[0]?.body?.messages ?? []);
  const cut = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  return `${asked.length} ${asked.length === 1 ? 'request' : 'requests'}, the first: ${JSON.stringify(cut)}`;
}

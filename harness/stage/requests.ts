import { parseReach } from '../contract/reaches.ts';
import type { Contract } from '../contract/schema.ts';
import { CheckFailed } from '../model/errors.ts';
import { textOf, type Asked } from '../services/conversation.ts';
import type { Actor, Done, Plan } from './actor.ts';

/**
 * How an execution that went as expected has not asked the model what the contract says: as often as it has replies, with the key of its
 * launch, the model and the texts of `asks`. Empty where it has.
 */
export function requestFailures(
  done: Done, actor: Pick<Actor, 'environment'>, environment: Contract['environment'],
): readonly CheckFailed[] {
  const { plan, asked = [] } = done;
  if (plan === undefined || plan.llm.length === 0) return [];
  const { contains = [] } = plan.asks ?? {};
  const missing = contains.find((text) => !asked.some(({ body }) => textOf(body?.messages ?? []).includes(text)));
  const failures = [
    countFailure(plan, asked), keyFailure(plan, asked, actor, environment), modelFailure(plan, asked),
    missing === undefined ? undefined : new CheckFailed(`"${plan.name}": no request to the model holds ${JSON.stringify(missing)}`, {
      expected: `a message that holds ${JSON.stringify(missing)} (asks.contains of the contract)`, got: shown(asked),
      remedy: 'compare the messages with what the same worker sends from source: a prompt file that is missing, cut or filled in wrongly ' +
        'looks like this',
    }),
  ];
  return failures.filter((failure) => failure !== undefined);
}

function modelFailure({ name, asks }: Plan, asked: readonly Asked[]): CheckFailed | undefined {
  const model = asks?.model;
  const other = asked.find(({ body }) => model !== undefined && body?.model !== model);
  return other && new CheckFailed(`"${name}" asks the model ${other.body?.model}, not ${model}`, {
    expected: `model ${model} (asks.model of the contract)`, got: [...new Set(asked.map(({ body }) => body?.model))].join(', '),
    remedy: 'look for a model name in the code that wins over the configuration, or for an older default',
  });
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** An answer that stands ready is none of the model's; one more request is paid for. */
function countFailure({ name, llm, attempts = {} }: Plan, asked: readonly Asked[]): CheckFailed | undefined {
  const most = llm.length * Math.max(1, ...Object.values(attempts));
  if (asked.length >= llm.length && asked.length <= most) return undefined;
  const never = asked.length === 0;
  const how = never ? 'never asks the model' : `asks the model ${times(asked.length)}, not ${times(llm.length)}`;
  return new CheckFailed(`"${name}" ${how}`, {
    expected: `${times(llm.length)}: one request for each of the replies in llm`,
    got: never ? 'no request reached the model, and yet the result was as expected' : shown(asked),
    remedy: asked.length < llm.length
      ? 'look for a cached or canned answer; or list in llm only the replies that are asked for'
      : 'look for a retry of the provider\'s library, or an activity that asks again; or list one reply in llm for each request',
  });
}

/** Every request must bring what its launch was given in a header that the contract names, and in none of them anything else. */
function keyFailure(
  { name }: Plan, asked: readonly Asked[], actor: Pick<Actor, 'environment'>, environment: Contract['environment'],
): CheckFailed | undefined {
  const keys = Object.entries(environment).flatMap(([variable, { reaches = '' }]) => {
    const reach = parseReach(reaches);
    const given = actor.environment[variable];
    return reach?.at === 'llm.header' && given !== undefined ? [{ variable, header: reach.name, given }] : [];
  });
  const [first] = keys;
  if (first === undefined) return undefined;
  for (const { headers, path } of asked) {
    const told = (header: string): string => String(headers[header] ?? '');
    const other = keys.find(({ header }) => headers[header] !== undefined
      && keys.every((key) => key.header !== header || !told(header).includes(key.given)));
    const none = keys.every(({ header }) => headers[header] === undefined);
    if (other === undefined && !none) continue;
    const { variable, header } = other ?? first;
    const how = none ? `without ${variable}` : `with another ${variable} than its launch was given`;
    return new CheckFailed(`"${name}" asks the model ${how}`, {
      expected: `the value of ${variable} in header ${header} of every request`,
      got: none ? `no header ${header} in ${path}` : `another value in ${path}`,
      remedy: `take ${variable} from the environment for every request; look for a key in the code, a file or a shared client`,
    });
  }
  return undefined;
}

const shownLength = 500;

/** The messages of the first request, as far as they fit. */
function shown(asked: readonly Asked[]): string {
  const text = textOf(asked[0]?.body?.messages ?? []);
  const cut = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  return `${asked.length} ${asked.length === 1 ? 'request' : 'requests'}, the first: ${JSON.stringify(cut)}`;
}

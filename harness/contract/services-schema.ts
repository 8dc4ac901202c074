import { z } from 'zod';
import { exactlyOne, limit, oneOf, section, textLike, textList } from './fields.ts';
import { nearest } from './nearest.ts';
import { placeholdersIn } from './placeholders.ts';
import { serviceKinds, type ServiceKind } from './service-kinds.ts';

/** The kinds that need nothing but their word: a program of the user's is its command. */
export const serviceWords = Object.keys(serviceKinds).filter((kind): kind is ServiceKind => kind in serviceKinds && kind !== 'command');

const ready = section({
  tcp: textLike(/^(\{port\}|\d{1,5})$/, '"{port}", or a port in quotes', 'It is ready when this port accepts a connection.').optional(),
  http: textLike(
    /^http:\/\/(127\.0\.0\.1|localhost):(\{port\}|\d{1,5})\//, 'an address such as "http://127.0.0.1:{port}/health"',
    'It is ready when this address answers GET with a status below 400.',
  ).optional(),
  withinSeconds: limit('Seconds from its start until then.').default(60),
}, 'How it is seen that the program is ready.').refine(...exactlyOne('tcp', 'http'));

const named = section({
  name: textLike(/^[A-Za-z][\w-]*$/, 'a name of letters, digits, _ and -', 'What the contract calls it, as in `from: NAME.url`.'),
  kind: oneOf(serviceWords, 'What it is.').optional(),
  command: textList('A program and its arguments, relative to the contract\'s folder; {port} is a free port.')
    .min(1, { error: 'expected at least one argument' }).optional(),
  ready: ready.optional(),
}, 'A service with a name of its own.')
  .refine(...exactlyOne('kind', 'command'))
  .refine((given) => given.ready === undefined || given.command !== undefined, {
    error: 'stands beside command only', path: ['ready'], abort: true,
  });

/** A word alone is kind and name. */
const entry = z
  .union([oneOf(serviceWords, 'A service of this kind and name.'), named], {
    error: `expected one of ${serviceWords.join(', ')}, or a mapping with name`,
  })
  .transform((given) => {
    const { name, kind = 'command', command = [], ready: seen = { tcp: '{port}', withinSeconds: 60 } } = typeof given === 'string'
      ? { name: given, kind: given } : given;
    const words: readonly string[] = command;
    return { name, kind, command: words, ready: seen };
  });

/** What the worker talks to besides Temporal. */
export const servicesSchema = z.array(entry, { error: 'expected a list of services' })
  .default([]).describe('What the worker talks to besides Temporal.');

/** One service of the contract, named. */
export type ServiceEntry = Readonly<z.infer<typeof entry>>;
/** How it is seen that a program is ready. */
export type Ready = ServiceEntry['ready'];

/** A place of a service as `from` names it, for example "db.url": which service, and which part of its address. */
export type ServicePlace = { readonly service: string; readonly place: string };

/** The services that `llm`, or the name of a model, means: the one that is called so, else all that are models. */
export function modelsMeant(name: string, services: readonly ServiceEntry[]): string[] {
  const models = services.filter(({ kind }) => kind === 'llm').map((each) => each.name);
  return name === 'llm' && !models.includes(name) ? models : models.filter((each) => each === name);
}

/** A model in a sentence: where it is the only one, nobody needs its name. */
export function modelTitle(name: string, services: readonly ServiceEntry[]): string {
  return services.filter(({ kind }) => kind === 'llm').length > 1 ? name : 'the model';
}

/** Reads "db.url"; undefined when it is nothing of the kind. */
export function parsePlace(text: string): ServicePlace | undefined {
  const [, service, place] = /^([A-Za-z][\w-]*)\.(\w+)$/.exec(text) ?? [];
  return service === undefined || place === undefined ? undefined : { service, place };
}

const placesOf = (services: readonly ServiceEntry[]): string[] =>
  // Also asked about a list that has an entry which is none.
  services.flatMap(({ name, kind }) => (Object.hasOwn(serviceKinds, kind) ? serviceKinds[kind].map((place) => `${name}.${place}`) : []));

/** What is wrong with a place: undefined when the contract has it. */
export function placeProblem(text: string, services: readonly ServiceEntry[]): string | undefined {
  const parsed = parsePlace(text);
  const known = placesOf(services);
  if (parsed === undefined || known.includes(text)) return undefined;
  const { service, place } = parsed;
  const entryOf = services.find(({ name }) => name === service);
  if (entryOf) return `${service} has no ${place}; it has ${serviceKinds[entryOf.kind].join(', ')}`;
  const meant = nearest(text, known);
  return `needs ${service} in services${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

/** The places of services that a text is made of, by its placeholders {service.NAME.PLACE}. */
export function placesIn(value: string): ServicePlace[] {
  return placeholdersIn(value).flatMap((name) => (name.startsWith('service.') ? parsePlace(name.slice('service.'.length)) ?? [] : []));
}

/** The placeholders that stand for places of services. */
export const servicePlaceholders = (services: readonly ServiceEntry[]): string[] =>
  placesOf(services).map((place) => `service.${place}`);

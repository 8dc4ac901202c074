import { z } from 'zod';
import { exactlyOne, limit, oneOf, section, textLike, textList } from './fields.ts';
import { nearest } from './nearest.ts';
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

/** Reads "db.url"; undefined when it is nothing of the kind. */
export function parsePlace(text: string): ServicePlace | undefined {
  const [, service, place] = /^([A-Za-z][\w-]*)\.(\w+)$/.exec(text) ?? [];
  return service === undefined || place === undefined ? undefined : { service, place };
}

const placesOf = (services: readonly ServiceEntry[]): string[] =>
  services.flatMap(({ name, kind }) => serviceKinds[kind].map((place) => `${name}.${place}`));

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

/** A placeholder in a value, closed or not: only dotted names are, so that JSON and format strings stay as they are. */
const placeholder = /\{([A-Za-z][\w-]*(?:\.[\w-]+)+)(\}?)/g;

/** Reads "service.db.url". */
function parsePlaceholder(name: string): ServicePlace | undefined {
  return parsePlace(name.replace(/^service\./, ''));
}

/** The places of services that a value is made of. */
export function placesIn(value: string): ServicePlace[] {
  return [...value.matchAll(placeholder)].flatMap(([, name = '']) => parsePlaceholder(name) ?? []);
}

/** The value with every placeholder replaced. */
export function fillIn(value: string, valueOf: (place: ServicePlace) => string | undefined): string {
  return value.replaceAll(placeholder, (_, name: string) => {
    const place = parsePlaceholder(name);
    return (place && valueOf(place)) ?? '';
  });
}

/** One sentence for each placeholder of a value that stands for nothing. */
export function placeholderProblems(value: string, services: readonly ServiceEntry[]): string[] {
  const known = placesOf(services).map((place) => `service.${place}`);
  return [...value.matchAll(placeholder)].flatMap(([all, name = '', end]) => {
    if (end === '') return [`"${all}" is not closed: write ${all}}`];
    if (known.includes(name)) return [];
    const meant = nearest(name, known);
    if (meant !== undefined) return [`unknown placeholder ${all}; did you mean {${meant}}?`];
    return [`unknown placeholder ${all}; known are ${known.map((each) => `{${each}}`).join(', ') || 'none: services is empty'}`];
  });
}

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What JSON a type of the worker's code stands for, as far as its hints tell. */
export type Shape = {
  readonly kind: 'string' | 'integer' | 'number' | 'boolean' | 'bytes' | 'null' | 'list' | 'object' | 'any';
  readonly optional?: boolean | undefined;
  readonly example?: string | undefined;
  readonly allowed?: readonly string[] | undefined;
  readonly item?: Shape | undefined;
  readonly fields?: readonly { readonly name: string; readonly shape: Shape; readonly required: boolean }[] | undefined;
};

const shape: z.ZodType<Shape> = z.lazy(() => z.object({
  kind: z.enum(['string', 'integer', 'number', 'boolean', 'bytes', 'null', 'list', 'object', 'any']),
  optional: z.boolean().optional(), example: z.string().optional(), allowed: z.array(z.string()).optional(), item: shape.optional(),
  fields: z.array(z.object({ name: z.string(), shape, required: z.boolean() })).optional(),
}));

const maybe = z.string().nullable().transform((text) => text ?? undefined);
const value = z.union([z.string(), z.number(), z.boolean()]).nullable().transform((given) => (given === null ? undefined : String(given)));
const inputs = z.array(z.object({ name: z.string(), shape }));
const handlers = z.array(z.object({ name: z.string(), input: inputs, result: shape }));

const operations = z.array(z.object({ service: z.string(), name: z.string(), input: shape, result: shape }));

const line = z.object({
  variable: z.object({
    name: z.string(), there: z.boolean(), default: value, by: z.string(), own: z.boolean(), required: z.boolean(),
  }),
  setting: z.object({
    name: z.string(), default: value, required: z.boolean(), secret: z.boolean(), shape: shape.nullable(), help: maybe,
  }),
  flag: z.object({
    path: z.array(z.string()), words: z.array(z.string()), name: z.string(), required: z.boolean(), kind: maybe, plain: z.boolean(),
    default: value, choices: z.array(z.string()).nullable(), help: maybe,
  }),
  commands: z.object({ path: z.array(z.string()), names: z.array(z.string()), required: z.boolean() }),
  client: z.object({
    address: z.string(), namespace: z.string(), identity: maybe, tls: z.boolean(), apiKey: z.boolean(), codec: z.boolean(),
  }),
  worker: z.object({
    taskQueue: z.string(),
    workflows: z.array(z.object({
      name: maybe, input: inputs, result: shape, signals: handlers, queries: handlers, updates: handlers,
    })),
    activities: z.array(z.object({ name: maybe, input: inputs, result: shape, beats: z.boolean() })),
    graceSeconds: z.number(), pid: z.number(), nexus: z.number(), operations, deployment: maybe, buildId: maybe, identity: maybe,
  }),
  contact: z.object({ host: z.string(), port: z.number().nullable() }),
  asks: z.literal(true),
}).partial();
type Line = z.infer<typeof line>;
type Seen<Key extends keyof Line> = NonNullable<Line[Key]>;

/** A variable that was asked for, by whom, and with which default. */
export type SeenVariable = Seen<'variable'>;
/** A setting that is declared and filled from a variable. */
export type SeenSetting = Seen<'setting'>;
/** A flag of a command line; `path` names the subcommands before it. */
export type SeenFlag = Seen<'flag'>;
/** A worker as it was made at the SDK. */
export type SeenWorker = Seen<'worker'>;

/** What a worker asked for, declared and registered in one launch from source. */
export type Observed = {
  readonly variables: readonly SeenVariable[];
  readonly settings: readonly SeenSetting[];
  readonly flags: readonly SeenFlag[];
  readonly commands: readonly Seen<'commands'>[];
  readonly clients: readonly Seen<'client'>[];
  readonly workers: readonly SeenWorker[];
  readonly contacts: readonly Seen<'contact'>[];
  readonly asks: boolean;
};

/** Where an observed launch is led, whatever server it wants. */
export type Led = { readonly project: string; readonly address: string; readonly namespaces: readonly string[] };

const source = fileURLToPath(new URL('observer', import.meta.url));
const record = 'observed.jsonl';

/** The variable that makes Python tell into a folder what the program asks for; gone before the program's first line runs. */
export function observingEnvironment(folder: string, led: Led, pythonPath?: string): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(source).filter((each) => each.endsWith('.py'))) copyFileSync(join(source, name), join(folder, name));
  writeFileSync(join(folder, 'observed.json'), JSON.stringify(led));
  return { PYTHONPATH: [folder, ...(pythonPath ? [pythonPath] : [])].join(delimiter) };
}

/** What has been told into a folder so far; a last line that is still being written is left out. */
export function readObserved(folder: string): Observed {
  const file = join(folder, record);
  const texts = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  const lines = texts.map((text) => line.parse(JSON.parse(text)));
  const all = <Key extends keyof Line>(key: Key): Seen<Key>[] => lines.flatMap((each) => {
    const found = each[key];
    return found === undefined ? [] : [found];
  });
  return {
    variables: all('variable'), settings: all('setting'), flags: all('flag'), commands: all('commands'), clients: all('client'),
    workers: all('worker'), contacts: all('contact'), asks: all('asks').length > 0,
  };
}

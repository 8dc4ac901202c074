/** Where the effect of a variable can be seen from outside the worker. */
export type Reach =
  /** A header of the request at the LLM stand-in, in lower case as Node gives it. */
  | { readonly at: 'llm.header'; readonly name: string }
  /** A field of the request's JSON body; list items by their number. */
  | { readonly at: 'llm.body'; readonly path: readonly string[] }
  /** The service is called at all. */
  | { readonly at: 'service'; readonly name: string }
  /** What the Temporal server says about the worker's pollers. */
  | { readonly at: 'poller'; readonly field: 'taskQueue' | 'namespace' | 'address' }
  /** A field of an execution's result; list items by their number. */
  | { readonly at: 'result'; readonly path: readonly string[] }
  /** A line of the worker's output; `{value}` stands for the variable's value. */
  | { readonly at: 'log'; readonly template: string };

/** The grammar in words, for messages and the JSON Schema. */
export const reachGrammar = [
  'llm.header.<name>',
  'llm.body.<dotted path>',
  '<service>.url',
  'poller.taskQueue',
  'poller.namespace',
  'poller.address',
  'result.<dotted path>',
  '"log: <text with {value}>"',
] as const;

/** Header names as RFC 9110 section 5.6.2 (token) has them. */
const header = /^llm\.header\.([!#$%&'*+.^_`|~0-9A-Za-z-]+)$/;
const field = /^(llm\.body|result)\.([\w$-]+(?:\.[\w$-]+)*)$/;
const poller = /^poller\.(taskQueue|namespace|address)$/;
const called = /^([A-Za-z][\w-]*)\.url$/;
const log = /^log:\s*(.*\{value\}.*)$/;

/** Reads a `reaches` entry of the contract; undefined when it does not follow the grammar. */
export function parseReach(text: string): Reach | undefined {
  const name = header.exec(text)?.[1];
  if (name !== undefined) return { at: 'llm.header', name: name.toLowerCase() };
  const [, at, path] = field.exec(text) ?? [];
  if (path !== undefined) return { at: at === 'result' ? 'result' : 'llm.body', path: path.split('.') };
  const seen = poller.exec(text)?.[1];
  if (seen === 'taskQueue' || seen === 'namespace' || seen === 'address') return { at: 'poller', field: seen };
  const template = log.exec(text)?.[1];
  if (template !== undefined) return { at: 'log', template };
  const service = called.exec(text)?.[1];
  return service === undefined || service === 'poller' ? undefined : { at: 'service', name: service };
}

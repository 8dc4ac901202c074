/** Where the effect of a variable can be seen from outside the worker; in paths, list items go by their number. */
export type Reach =
  // Of a request at a model, which is a service or `llm`, any of them: a header, in lower case as Node gives it, or a part of its JSON body
  | { readonly at: 'llm.header'; readonly model: string; readonly name: string }
  | { readonly at: 'llm.body'; readonly model: string; readonly path: readonly string[] }
  | { readonly at: 'result'; readonly path: readonly string[] } // in an execution's result
  | { readonly at: 'service'; readonly name: string } // it is called at all
  | { readonly at: 'poller'; readonly field: 'taskQueue' | 'namespace' | 'address' } // as the Temporal server tells of the worker's
  | { readonly at: 'log'; readonly template: string }; // a line of the worker's output; `{value}` stands for the variable's value

/** A form of an entry: in words, as a pattern, and what it says by what the pattern captures. */
type Form = readonly [words: string, pattern: RegExp, reach: (captured: string, second: string) => Reach];
const forms: readonly Form[] = [
  // Header names as RFC 9110 section 5.6.2 (token) has them.
  ['llm.header.<name>', /^(?!(?:poller|result)\.)([A-Za-z][\w-]*)\.header\.([!#$%&'*+.^_`|~0-9A-Za-z-]+)$/,
    (model, name) => ({ at: 'llm.header', model, name: name.toLowerCase() })],
  ['llm.body.<dotted path>', /^(?!(?:poller|result)\.)([A-Za-z][\w-]*)\.body\.([\w$-]+(?:\.[\w$-]+)*)$/,
    (model, path) => ({ at: 'llm.body', model, path: path.split('.') })],
  ['<service>.url', /^(?!(?:poller|result)\.)([A-Za-z][\w-]*)\.url$/, (name) => ({ at: 'service', name })],
  ['poller.taskQueue', /^poller\.taskQueue()$/, () => ({ at: 'poller', field: 'taskQueue' })],
  ['poller.namespace', /^poller\.namespace()$/, () => ({ at: 'poller', field: 'namespace' })],
  ['poller.address', /^poller\.address()$/, () => ({ at: 'poller', field: 'address' })],
  ['result.<dotted path>', /^result\.([\w$-]+(?:\.[\w$-]+)*)$/, (path) => ({ at: 'result', path: path.split('.') })],
  ['"log: <text with {value}>"', /^log:\s*(.*\{value\}.*)$/, (template) => ({ at: 'log', template })],
];

/** The grammar in words, for messages and the JSON Schema; `llm` may be the name of a service of that kind. */
export const reachGrammar: readonly string[] = forms.map(([words]) => words);

/** Reads a `reaches` entry of the contract; undefined when it does not follow the grammar. */
export function parseReach(text: string): Reach | undefined {
  for (const [, pattern, reach] of forms) {
    const [, captured, second = ''] = pattern.exec(text) ?? [];
    if (captured !== undefined) return reach(captured, second);
  }
  return undefined;
}

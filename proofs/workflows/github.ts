import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parse } from 'yaml';

// Workflows as GitHub's own packages read them: they refuse what is not a workflow, and say when a job or a step runs.

/** Names and their texts. */
export type Texts = Readonly<Record<string, string>>;
/** One step, as it is written. */
export type Step = Partial<Record<'name' | 'id' | 'if' | 'uses' | 'run' | 'shell', string> & Record<'with' | 'env', Texts>>;
type Inputs = Readonly<Record<string, { readonly default?: string }>>;
type Written = Partial<Record<'uses' | 'runs-on' | 'timeout-minutes', string> & Record<'with' | 'env' | 'outputs', Texts>> & {
  readonly permissions: Texts;
  readonly defaults?: { readonly run: { readonly shell: string } };
  readonly strategy?: { readonly matrix: { readonly platform?: unknown; readonly include?: readonly Texts[] } };
  readonly steps?: readonly Step[];
};
type File = { readonly on: { readonly workflow_call?: { readonly inputs: Inputs } }; readonly jobs: Readonly<Record<string, Written>> };
/** What is read of a composite action. */
export type Action = { readonly inputs: Inputs; readonly outputs: Readonly<Record<string, { value: string }>>; readonly runs: Written };

/** One job: as it is written, what it needs, and the conditions that GitHub makes of it and its steps. */
export type Job = Readonly<Record<'id' | 'condition', string>> & {
  readonly needs: readonly string[];
  readonly steps: readonly (Step & { readonly condition: string })[];
  readonly written: Written;
};

/** What an expression sees, by name of its context. */
export type Contexts = Readonly<Record<string, unknown>>;
/** A workflow; `problems` is what GitHub would refuse it for, the workflows that it calls included. */
export type Workflow = { readonly problems: readonly string[]; readonly jobs: readonly Job[]; readonly inputs: Texts };

/** Reads a workflow of the repository in `root`. */
export async function readWorkflow(root: string, file: string): Promise<Workflow> {
  const fileAt = (name: string) => ({ name, content: readFileSync(join(root, name), 'utf8') });
  const { context, value } = parseWorkflow(fileAt(file), new NoOperationTraceWriter());
  if (value === undefined) return { problems: context.errors.getErrors().map(({ message }) => message), jobs: [], inputs: {} };
  const called = { getFileContent: async (reference: { readonly path: string }) => fileAt(reference.path) };
  const template = await convertWorkflowTemplate(context, value, called, { fetchReusableWorkflowDepth: 1 });
  const { on, jobs: writtenJobs }: File = parse(fileAt(file).content);
  const jobs = (template.jobs ?? []).map((job): Job => {
    const id = job.id.value;
    const conditions = job.type === 'job' ? job.steps.map((step) => step.if?.expression ?? 'success()') : [];
    const written = writtenJobs[id] ?? { permissions: {} };
    const steps = (written.steps ?? []).map((step, index) => ({ ...step, condition: conditions[index] ?? 'false' }));
    return { id, needs: job.needs?.map((needed) => needed.value) ?? [], condition: job.if.expression, steps, written };
  });
  return { problems: template.errors?.map(({ Message }) => Message) ?? [], jobs, inputs: defaultsOf(on.workflow_call?.inputs ?? {}) };
}

/** What inputs are when they are not given. */
export function defaultsOf(inputs: Inputs): Texts {
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.default ?? '']));
}

/** The value of an expression without its `${{ }}`; `failed`: something that it waits for did not succeed. @throws {Error} GitHub's. */
export function evaluate(expression: string, contexts: Contexts, failed = false): unknown {
  const status = { always: true, cancelled: false, success: !failed, failure: failed };
  const none = { minArgs: 0, maxArgs: 0 };
  const functions = Object.entries(status).map(([name, value]) => ({ name, ...none, call: () => new data.BooleanData(value) }));
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
  const seen: data.Dictionary = JSON.parse(JSON.stringify(contexts), data.reviver);
  const known = new Map(functions.map((definition) => [definition.name, definition]));
  return JSON.parse(JSON.stringify(new Evaluator(tree, seen, known).evaluate(), data.replacer));
}

/** A text with its `${{ }}` replaced; nothing becomes the empty text. */
export function fill(text: unknown, contexts: Contexts): string {
  return String(text).replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => {
    const value = evaluate(expression.trim(), contexts) ?? '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

/** Every value of a mapping as text, for `env`, `with` and `outputs`. */
export function fillAll(values: Readonly<Record<string, unknown>> | undefined, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, fill(value, contexts)]));
}

/** All legs of a job: one without a matrix, else those of its platforms. */
export function legsOf({ written: { strategy } }: Job, contexts: Contexts): readonly Texts[] {
  if (strategy === undefined) return [{}];
  const { include, platform } = strategy.matrix;
  if (include !== undefined) return include;
  const list = typeof platform === 'string' ? evaluate(platform.replaceAll(/\$\{\{|\}\}/g, ''), contexts) : platform;
  return Array.isArray(list) ? list.map((name: string) => ({ platform: name })) : [];
}

/** A job's needs, and theirs: a job without a condition of its own runs only when all of them have succeeded. */
export function allNeeds(id: string, jobs: readonly Job[]): string[] {
  const direct = jobs.find((job) => job.id === id)?.needs ?? [];
  return [...new Set([...direct, ...direct.flatMap((needed) => allNeeds(needed, jobs))])];
}

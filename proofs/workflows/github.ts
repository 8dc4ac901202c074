import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { data, Evaluator, Lexer, Parser, type wellKnownFunctions } from '@actions/expressions';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parse } from 'yaml';

// Workflows as GitHub's own packages read them: they refuse what is not a workflow, and say when a job or a step runs.

/** Names and their texts. */
export type Texts = Readonly<Record<string, string>>;

/** One step, as it is written. */
export type Step = Partial<Record<'name' | 'id' | 'if' | 'uses' | 'run' | 'shell', string>> & { readonly with?: Texts; readonly env?: Texts };

type Written = Partial<Record<'uses' | 'runs-on' | 'timeout-minutes', string>> & Partial<Record<'with' | 'env' | 'outputs', Texts>> & {
  readonly permissions: Texts;
  readonly defaults?: { readonly run: { readonly shell: string } };
  readonly strategy?: { readonly matrix: { readonly platform?: unknown; readonly include?: readonly Leg[] } };
};

type WorkflowFile = {
  readonly on: { readonly workflow_call?: { readonly inputs: Readonly<Record<string, { readonly default?: string }>> } };
  readonly jobs: Readonly<Record<string, Written & { readonly steps?: readonly Step[] }>>;
};

/** One job: as it is written, what it needs, and the conditions that GitHub makes of it and its steps. */
export type Job = {
  readonly id: string;
  readonly needs: readonly string[];
  readonly condition: string;
  readonly steps: readonly (Step & { readonly condition: string })[];
  readonly written: Written;
};

/** What is read of a composite action. */
export type Action = {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};

/** The values of one run of a job: its place in the matrix. */
export type Leg = Texts;

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
  const written: WorkflowFile = parse(fileAt(file).content);
  const jobs = (template.jobs ?? []).map((job): Job => {
    const id = job.id.value;
    const conditions = job.type === 'job' ? job.steps.map((step) => step.if?.expression ?? 'success()') : [];
    const asWritten = written.jobs[id];
    if (asWritten === undefined) throw new TypeError(`${file} has no job ${id}`);
    const steps = (asWritten.steps ?? []).map((step, index) => ({ ...step, condition: conditions[index] ?? 'false' }));
    return { id, needs: job.needs?.map((needed) => needed.value) ?? [], condition: job.if.expression, steps, written: asWritten };
  });
  const inputs = Object.entries(written.on.workflow_call?.inputs ?? {}).map(([name, input]) => [name, input.default ?? '']);
  return { problems: template.errors?.map(({ Message }) => Message) ?? [], jobs, inputs: Object.fromEntries(inputs) };
}

/** The value of an expression without its `${{ }}`. `failed`: whether something that it waits for did not succeed. @throws {Error} GitHub's. */
export function evaluate(expression: string, contexts: Contexts, failed = false): unknown {
  const status = { always: true, cancelled: false, success: !failed, failure: failed };
  const functions = Object.entries(status).map(([name, value]): (typeof wellKnownFunctions)[string] => (
    { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) }
  ));
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
  const seen: data.Dictionary = JSON.parse(JSON.stringify(contexts), data.reviver);
  const value = new Evaluator(tree, seen, new Map(functions.map((definition) => [definition.name, definition]))).evaluate();
  return JSON.parse(JSON.stringify(value, data.replacer));
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
export function legsOf({ written: { strategy } }: Job, contexts: Contexts): readonly Leg[] {
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

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const value = z.json();
const values = z.record(z.string(), value);
const inputs = z.record(z.string(), z.object({
  required: z.boolean().optional(), default: value.optional(), type: z.string().optional(), description: z.string(),
}));

const step = z.strictObject({
  name: z.string(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: values.default({}),
  env: values.default({}),
  run: z.string().optional(),
  shell: z.string().optional(),
});

const job = z.strictObject({
  name: z.string(),
  needs: z.union([z.string(), z.array(z.string())]).default([]).transform((needs) => [needs].flat()),
  if: z.string().optional(),
  'runs-on': z.string().optional(),
  'timeout-minutes': z.number().optional(),
  permissions: z.record(z.string(), z.string()),
  outputs: z.record(z.string(), z.string()).default({}),
  strategy: z.strictObject({ 'fail-fast': z.boolean().optional(), matrix: values }).optional(),
  defaults: z.strictObject({ run: z.strictObject({ shell: z.string() }) }).optional(),
  env: values.default({}),
  uses: z.string().optional(),
  with: values.default({}),
  steps: z.array(step).default([]),
});

const workflow = z.strictObject({
  name: z.string(),
  on: z.looseObject({ workflow_call: z.strictObject({ inputs }).optional() }),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.union([z.boolean(), z.string()]) }).optional(),
  jobs: z.record(z.string(), job),
});

const action = z.object({
  inputs,
  outputs: z.record(z.string(), z.object({ description: z.string(), value: z.string() })),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(step) }),
});

/** One step of a job or of a composite action. */
export type Step = z.infer<typeof step>;
/** One job of a workflow. */
export type Job = z.infer<typeof job>;
/** A workflow: those parts of GitHub's format that this repository uses; anything else is refused, so that nothing is overlooked. */
export type Workflow = z.infer<typeof workflow>;
/** A composite action, likewise. */
export type Action = z.infer<typeof action>;

/** Reads a workflow; `on` keeps its name, because YAML 1.2 knows no such boolean. */
export function readWorkflow(file: string): Workflow {
  return workflow.parse(parse(readFileSync(file, 'utf8')));
}

/** Reads a composite action. */
export function readAction(file: string): Action {
  return action.parse(parse(readFileSync(file, 'utf8')));
}

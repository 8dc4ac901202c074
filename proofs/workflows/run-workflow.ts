import { join } from 'node:path';
import { platformId } from '../../harness/system/platform.ts';
import type { Scope, Value } from './expression.ts';
import { allNeeds, inOrder, legsOf, type Leg } from './plan.ts';
import { newRunner, runSteps } from './run-steps.ts';
import { readWorkflow, type Job, type Workflow } from './schema.ts';
import { fill, fillAll, fillValue, holds } from './template.ts';
import type { World } from './world.ts';

/** How a job ended. */
export type JobResult = { readonly result: 'success' | 'failure' | 'skipped'; readonly outputs: Readonly<Record<string, string>> };

/** What a workflow is run with. */
type Run = {
  readonly world: World;
  readonly workflow: Workflow;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly caller?: string;
};

/**
 * Runs a workflow of the repository's own commit, job after job in the order of their needs. A workflow that it calls runs as one of
 * its jobs. Returns how each job ended, by its id.
 * @throws {Error} for what GitHub would refuse to start: an unknown input, an unknown need.
 */
export async function runWorkflow(
  world: World, file: string, given: Readonly<Record<string, Value>>, caller?: string,
): Promise<Record<string, JobResult>> {
  const workflow = readWorkflow(join(world.repository.folder, file));
  const inputs = inputsOf(workflow, given);
  const results: Record<string, JobResult> = {};
  for (const id of inOrder(workflow.jobs)) {
    results[id] = await runJob(id, { world, workflow, inputs, ...(caller && { caller }) }, results);
  }
  return results;
}

function inputsOf({ on }: Workflow, given: Readonly<Record<string, Value>>): Record<string, Value> {
  const declared = on.workflow_call?.inputs;
  if (declared === undefined) return { ...given };
  const wrong = Object.keys(given).find((name) => declared[name] === undefined) ?? Object.keys(declared).find(
    (name) => declared[name]?.required === true && given[name] === undefined,
  );
  if (wrong !== undefined) throw new Error(`the input "${wrong}" is not declared, or is required and not given`);
  return { ...Object.fromEntries(Object.entries(declared).map(([name, input]) => [name, input.default ?? ''])), ...given };
}

async function runJob(id: string, run: Run, results: Readonly<Record<string, JobResult>>): Promise<JobResult> {
  const { world, workflow } = run;
  const job = workflow.jobs[id];
  if (job === undefined) throw new Error(`there is no job ${id}`);
  const needs = Object.fromEntries(
    job.needs.map((needed) => [needed, { ...results[needed], result: results[needed]?.result ?? 'skipped' }]),
  );
  const failed = allNeeds(id, workflow.jobs).some((needed) => results[needed]?.result !== 'success');
  const scope: Scope = { failed, contexts: { github: world.github, inputs: run.inputs, needs } };
  if (!holds(job.if, scope)) return { result: 'skipped', outputs: {} };

  const ended: JobResult[] = [];
  for (const leg of legsOf(job, scope)) {
    world.before(id);
    ended.push(job.uses === undefined ? await runLeg(job, leg, run, scope) : await callWorkflow(id, job, run, scope));
  }
  return { result: ended.some(({ result }) => result === 'failure') ? 'failure' : 'success', outputs: ended.at(-1)?.outputs ?? {} };
}

async function callWorkflow(id: string, job: Job, { world }: Run, scope: Scope): Promise<JobResult> {
  const inputs = Object.fromEntries(Object.entries(job.with).map(([name, value]) => [name, fillValue(value, scope)]));
  const results = await runWorkflow(world, job.uses?.replace(/^\.\//, '') ?? '', inputs, id);
  return { result: Object.values(results).every(({ result }) => result === 'success') ? 'success' : 'failure', outputs: {} };
}

async function runLeg(job: Job, leg: Leg, { world, inputs, caller }: Run, outer: Scope): Promise<JobResult> {
  const { repository, sha } = world.github;
  const contexts = { ...outer.contexts, inputs, matrix: leg, job: { workflow_repository: repository ?? '', workflow_sha: sha ?? '' } };
  const scope: Scope = { failed: false, contexts };
  const name = [...(caller === undefined ? [] : [caller]), fill(job.name, scope)].join(' / ');
  if (job['runs-on'] === undefined || fill(job['runs-on'], scope) === '') throw new Error(`${name} has no runner`);
  if (job['timeout-minutes'] === undefined) throw new Error(`${name} has no time limit`);
  const runner = newRunner(world, name, typeof leg['platform'] === 'string' ? leg['platform'] : platformId(), job['timeout-minutes']);
  const env = fillAll(job.env, scope);
  const { failed, steps } = await runSteps(job.steps, { world, runner, job: name, leg, contexts, env, shell: job.defaults?.run.shell });
  return {
    result: failed ? 'failure' : 'success', outputs: fillAll(job.outputs, { failed: false, contexts: { ...contexts, steps, env } }),
  };
}

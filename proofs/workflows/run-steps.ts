import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '../../harness/model/errors.ts';
import type { Scope, Value } from './expression.ts';
import type { Leg } from './plan.ts';
import { runScript, type Ended, type Runner } from './run-script.ts';
import { readAction, type Step } from './schema.ts';
import { fill, fillAll, holds } from './template.ts';
import { perform } from './uses.ts';
import type { World } from './world.ts';

/** Where steps run: in a job, or in a composite action of a job. */
export type Place = {
  readonly world: World;
  readonly runner: Runner;
  readonly job: string;
  readonly leg: Leg;
  /** The contexts besides `steps` and `env`. */
  readonly contexts: Readonly<Record<string, Value>>;
  readonly env: Readonly<Record<string, string>>;
  readonly shell: string | undefined;
  readonly actionPath?: string;
};

/** How a list of steps ended: their outputs by id. */
export type StepsResult = { readonly failed: boolean; readonly steps: Readonly<Record<string, Value>> };

/** Runs steps in order; after a failure only those whose condition asks for it. */
export async function runSteps(steps: readonly Step[], place: Place): Promise<StepsResult> {
  let failed = false;
  const results: Record<string, Value> = {};
  for (const step of steps) {
    const scope: Scope = { failed, contexts: { ...place.contexts, steps: results, env: { ...place.env, ...place.runner.env } } };
    const name = fill(step.name, scope);
    if (!holds(step.if, scope)) {
      place.world.happenings.push({ job: place.job, step: name, outcome: 'skipped', log: '' });
      if (step.id !== undefined) results[step.id] = { outputs: {}, outcome: 'skipped' };
      continue;
    }
    const ended = await runStep(step, place, scope).catch(
      (error: unknown): Ended => ({ failed: true, log: messageOf(error), outputs: {} })
    );
    failed ||= ended.failed;
    const outcome = ended.failed ? 'failure' : 'success';
    place.world.happenings.push({ job: place.job, step: name, outcome, log: ended.log });
    if (step.id !== undefined) results[step.id] = { outputs: ended.outputs, outcome };
  }
  return { failed, steps: results };
}

async function runStep(step: Step, place: Place, scope: Scope): Promise<Ended> {
  const { world, runner } = place;
  const replacement = step.id === undefined ? undefined : world.replaces(place.leg, step.id);
  if (replacement !== undefined) return { failed: false, log: 'replaced', outputs: await replacement(runner.workspace) };
  const env = { ...place.env, ...fillAll(step.env, scope) };
  if (step.run !== undefined) {
    return await runScript(
      world, runner, { run: fill(step.run, scope), shell: step.shell ?? place.shell, env, actionPath: place.actionPath },
    );
  }
  const inputs = fillAll(step.with, scope);
  if (step.uses?.startsWith('./') === true) return await runComposite(resolve(runner.workspace, step.uses), place, inputs);
  return { failed: false, log: '', outputs: await perform(step.uses ?? '', { world, runner, inputs }) };
}

async function runComposite(folder: string, place: Place, given: Readonly<Record<string, string>>): Promise<Ended> {
  const file = join(folder, 'action.yml');
  if (!existsSync(file)) throw new Error(`there is no action in ${folder}`);
  const action = readAction(file);
  const unknown = Object.keys(given).find((name) => action.inputs[name] === undefined);
  const missing = Object.entries(action.inputs).find(([name, input]) => input.required === true && !given[name]);
  if (unknown !== undefined || missing !== undefined) throw new Error(`the action has no input "${unknown}", or lacks "${missing?.[0]}"`);
  const defaults = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? '']));
  const contexts = { ...place.contexts, inputs: { ...defaults, ...given } };
  const { failed, steps } = await runSteps(action.runs.steps, { ...place, contexts, shell: undefined, actionPath: folder });
  const values = Object.fromEntries(Object.entries(action.outputs).map(([name, output]) => [name, output.value]));
  // As on the runner: what is promised comes out although a step failed.
  return { failed, log: '', outputs: fillAll(values, { failed: false, contexts: { ...contexts, steps, env: {} } }) };
}

/** A fresh runner for one job: an empty workspace, its own temporary folder. */
export function newRunner(world: World, name: string, platform: string, timeoutMinutes: number): Runner {
  const folder = join(world.folder, 'runners', name.replaceAll(/[^\w.-]+/g, '-'));
  const [workspace, temp] = [join(folder, 'workspace'), join(folder, 'temp')];
  mkdirSync(workspace, { recursive: true });
  mkdirSync(temp, { recursive: true });
  return { workspace, temp, platform, timeoutMs: timeoutMinutes * 60_000, env: {}, path: [] };
}

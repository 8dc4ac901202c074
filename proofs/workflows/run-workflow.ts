import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, matchesGlob } from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';
import { messageOf } from '../../harness/model/errors.ts';
import {
  allNeeds, defaultsOf, evaluate, fill, fillAll, legsOf, readWorkflow, type Action, type Contexts, type Job, type Step, type Texts,
} from './github.ts';

/** Everything outside the runners of one release. */
export type World = Readonly<Record<'folder' | 'repository' | 'commit', string>> & {
  readonly environment: NodeJS.ProcessEnv;
  /** Does in place of a step, by its id, what cannot be done here, unless it returns false. */
  readonly replaces: (step: string, at: Replaced) => Promise<boolean>;
  /** Called before each leg of a job. */
  readonly before: (job: string) => void;
  /** The statements that were signed, a line each. */
  readonly signed: string[];
  /** What the steps that failed have said, and every notice. */
  readonly said: string[];
  readonly signal: AbortSignal;
};

/** Where a step is replaced: its leg of the job, what it was given, and where its outputs go. */
export type Replaced = { readonly leg: Texts; readonly workspace: string; readonly given: Texts; readonly told: Record<string, string> };

/** How a job ended. */
export type Ended = { readonly result: 'success' | 'failure' | 'skipped'; readonly outputs: Texts };

const repository = 'example/frostgate';

/** Runs a workflow of the world's repository: every `run:` line of every job, in the order of their needs. */
export async function runWorkflow(world: World, file: string, given: Texts): Promise<Record<string, Ended>> {
  const { jobs, inputs } = await readWorkflow(world.repository, file);
  const results: Record<string, Ended> = {};
  for (let waiting = [...jobs]; waiting.length > 0; waiting = waiting.filter(({ id }) => results[id] === undefined)) {
    const job = waiting.find(({ needs }) => needs.every((needed) => results[needed] !== undefined));
    if (job === undefined) throw new TypeError('jobs need each other');
    const failed = allNeeds(job.id, jobs).some((needed) => results[needed]?.result !== 'success');
    const contexts = { github: { sha: world.commit, token: 'none', repository }, inputs: { ...inputs, ...given }, needs: results };
    results[job.id] = evaluate(job.condition, contexts, failed) ? await runJob(world, job, contexts) : { result: 'skipped', outputs: {} };
  }
  return results;
}

async function runJob(world: World, job: Job, contexts: Contexts): Promise<Ended> {
  const ended: Ended[] = [];
  for (const leg of legsOf(job, contexts)) {
    world.before(job.id);
    const { uses } = job.written;
    if (uses === undefined) ended.push(await runLeg(world, job, leg, contexts));
    else ended.push(...Object.values(await runWorkflow(world, uses, fillAll(job.written.with, contexts))));
  }
  return { result: ended.every(({ result }) => result === 'success') ? 'success' : 'failure', outputs: ended[0]?.outputs ?? {} };
}

async function runLeg(world: World, { id, steps, written }: Job, leg: Texts, outer: Contexts): Promise<Ended> {
  const contexts = { ...outer, matrix: leg, job: { workflow_repository: repository, workflow_sha: world.commit }, env: {} };
  if (fill(written['runs-on'], contexts) === '') throw new TypeError(`${id} has no runner`);
  const workspace = join(world.folder, 'runners', `${id}-${leg['platform'] ?? ''}`);
  mkdirSync(workspace, { recursive: true });
  const env = fillAll(written.env, contexts);
  const outputs: Record<string, { outputs: Record<string, string> }> = {};
  let failed = false;
  for (const step of steps) {
    const place = { world, workspace, contexts: { ...contexts, env, steps: outputs }, shell: written.defaults?.run.shell };
    if (!evaluate(step.condition, place.contexts, failed)) continue;
    const told: Record<string, string> = {};
    outputs[step.id ?? ''] = { outputs: told };
    try {
      const given = fillAll(step.with, place.contexts);
      if (!await world.replaces(step.id ?? '', { leg, workspace, given, told })) await runStep(step, place, told);
    } catch (error) {
      failed = true;
      world.said.push(`${id}, ${step.name}: ${messageOf(error)}`);
    }
  }
  return { result: failed ? 'failure' : 'success', outputs: fillAll(written.outputs, { ...contexts, steps: outputs }) };
}

type Place = { readonly world: World; readonly workspace: string; readonly contexts: Contexts & { env: Texts }; shell: string | undefined };

/** Puts a step's outputs into `told`, also when it fails. @throws {Error} with the step's last lines. */
async function runStep(step: Step, place: Place, told: Record<string, string>): Promise<void> {
  const { world, workspace, contexts } = place;
  const given = fillAll(step.with, contexts);
  if (step.uses?.startsWith('./')) {
    const folder = join(workspace, step.uses);
    const { inputs, runs }: Action = parse(readFileSync(join(folder, 'action.yml'), 'utf8'));
    const own = { ...contexts, inputs: { ...defaultsOf(inputs), ...given }, env: { GITHUB_ACTION_PATH: folder } };
    for (const inner of (runs.steps ?? []).filter(({ run }) => run !== undefined)) await runStep(inner, { ...place, contexts: own }, told);
    return;
  }
  if (step.uses !== undefined) return await perform(step.uses.split('@')[0] ?? '', place, given);
  const file = join(world.folder, 'outputs');
  writeFileSync(file, '');
  const options = (step.shell ?? place.shell) === undefined ? ['-e'] : ['-e', '-o', 'pipefail'];
  const { failed, all } = await execa('bash', [...options, '-c', step.run ?? ''], {
    cwd: workspace, extendEnv: false, all: true, reject: false, stdin: 'ignore', timeout: 900_000, cancelSignal: world.signal, env: {
      ...world.environment, GITHUB_ACTIONS: 'true', GITHUB_SHA: world.commit, GITHUB_REF_NAME: 'main', GITHUB_REPOSITORY: repository,
      GITHUB_OUTPUT: file, ...contexts.env, ...fillAll(step.env, contexts),
    },
  });
  const entries = readFileSync(file, 'utf8').matchAll(/^([\w-]+)(?:<<(\w+)\n([\s\S]*?)\n\2|=(.*))$/gm);
  for (const [, name = '', , block, line = ''] of entries) told[name] = block ?? line;
  world.said.push(...all.match(/^::notice::.*$/gm) ?? []);
  if (failed) throw new Error(all.split('\n').slice(-60).join('\n'));
}

/** What stands here for the actions that the workflows use. */
async function perform(action: string, { world, workspace }: Place, given: Texts): Promise<void> {
  const { name = '', path = '.', pattern, 'subject-path': subjects, 'predicate-path': predicate } = given;
  const at = (...names: readonly string[]) => join(world.folder, 'artifacts', ...names);
  const target = join(workspace, path);
  if (action === 'actions/checkout') {
    if (![undefined, world.commit].includes(given['ref'])) throw new Error(`a checkout of ${given['ref']}`);
    await execa('git', ['clone', '--quiet', '--shared', '--', world.repository, target]);
  } else if (action === 'actions/upload-artifact') {
    if (given['archive'] === 'false') return;
    // A file alone lies in the artifact by its name.
    cpSync(target, statSync(target).isFile() ? at(name, basename(path)) : at(name), { recursive: true });
    await execa('chmod', ['-R', 'a-x,u+X', at(name)]); // an artifact keeps no x bit
  } else if (action === 'actions/download-artifact') {
    mkdirSync(target, { recursive: true });
    const known = pattern === undefined ? [name] : readdirSync(at()).filter((artifact) => matchesGlob(artifact, pattern));
    for (const artifact of known) {
      if (!existsSync(at(artifact))) throw new Error(`artifact not found for name: ${artifact}`);
      // One alone has no folder of its own, also where a pattern asks for it.
      cpSync(at(artifact), known.length === 1 || given['merge-multiple'] ? target : join(target, artifact), { recursive: true });
    }
  } else if (action === 'actions/attest') {
    const files = subjects === undefined ? [given['subject-checksums'] ?? ''] : globSync(subjects, { cwd: workspace });
    if (files.length === 0) throw new Error(`nothing to attest: ${subjects}`);
    const read = (file: string) => readFileSync(join(workspace, file), 'utf8');
    world.signed.push(`${files.map(read).length} ${predicate === undefined ? '' : JSON.stringify(JSON.parse(read(predicate)))}`);
  } else if (!/^actions\/setup-(?:node|python)$/.test(action)) throw new Error(`nothing stands for ${action} here`);
}

import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { cloneInto } from './repository.ts';
import type { Runner } from './run-script.ts';
import type { Outputs, World } from './world.ts';

/** An action with its inputs, on a runner. Throws what would fail the step. */
type Call = { readonly world: World; readonly runner: Runner; readonly inputs: Readonly<Record<string, string>> };
type Performed = Outputs | Promise<Outputs>;

/** The actions that the workflows use and what stands for each of them here. An action that is not in the table fails. */
const actions: Readonly<Record<string, (call: Call) => Performed>> = {
  'actions/checkout': checkout,
  'actions/upload-artifact': upload,
  'actions/download-artifact': download,
  'actions/attest': attest,
  // The machine's own are used: what the versions are is not what is tested here.
  'actions/setup-node': () => ({}),
  'actions/setup-python': () => ({}),
};

/** Does what an action of another repository would do. */
export async function perform(uses: string, call: Call): Promise<Outputs> {
  const [, name = '', commit = ''] = /^([\w.-]+\/[\w.-]+)@([0-9a-f]{40})$/.exec(uses) ?? [];
  const action = actions[name];
  if (commit === '') throw new Error(`${uses} is not pinned to a commit`);
  if (action === undefined) throw new Error(`nothing stands for ${name} here: add it to the table in uses.ts`);
  return await action(call);
}

async function checkout({ world, runner, inputs }: Call): Promise<Outputs> {
  if (inputs['persist-credentials'] !== 'false') throw new Error('a checkout must not leave the token on the disk: ' +
    'persist-credentials: false');
  const { repository = world.github['repository'], ref = world.repository.commit, path = '.' } = inputs;
  if (repository !== world.github['repository']) throw new Error(`unexpected checkout of "${repository}"`);
  await cloneInto(resolve(runner.workspace, path), world.repository, ref, inputs['fetch-depth'] === '0');
  return { ref, commit: ref };
}

function upload({ world, runner, inputs }: Call): Outputs {
  const { name = 'artifact', path = '' } = inputs;
  world.artifacts.upload(
    { name, path, archive: inputs['archive'] !== 'false', hidden: inputs['include-hidden-files'] === 'true' }, runner.workspace,
  );
  return {};
}

function download({ world, runner, inputs }: Call): Outputs {
  const { name, pattern, path = '.' } = inputs;
  world.artifacts.download(
    { ...(name && { name }), ...(pattern && { pattern }), merge: inputs['merge-multiple'] === 'true' }, resolve(runner.workspace, path),
  );
  return { 'download-path': path };
}

const testResult = z.strictObject({
  result: z.enum(['PASSED', 'WARNED', 'FAILED']),
  configuration: z.array(
    z.object({ name: z.string().optional(), digest: z.record(z.string(), z.string()).optional(), uri: z.string().optional() }),
  ).min(1),
  url: z.string().optional(),
  passedTests: z.array(z.string()).optional(),
  warnedTests: z.array(z.string()).optional(),
  failedTests: z.array(z.string()).optional(),
});
const summary = z.looseObject(
  {
    verifier: z.looseObject({ id: z.string() }), policies: z.array(z.unknown()).optional(), timeCreated: z.string(),
    properties: z.array(z.string()).min(1),
  },
);

/** in-toto's test-result and simple verification result; without a predicate the action writes SLSA provenance itself. */
const predicates: Readonly<Record<string, z.ZodType>> = {
  'https://in-toto.io/attestation/test-result/v0.1': testResult,
  'https://in-toto.io/attestation/svr/v0.2': summary,
};

function attest({ world, runner: { workspace }, inputs }: Call): Outputs {
  const { 'subject-path': pattern, 'subject-checksums': checksums, 'predicate-type': predicateType, 'predicate-path': file } = inputs;
  const subjects = pattern === undefined
    ? fromChecksums(readFileSync(join(workspace, checksums ?? ''), 'utf8'))
    : globSync(pattern, { cwd: workspace }).map((path) => sha256Of(join(workspace, path)));
  if (subjects.length === 0) throw new Error(`no subject was found: ${pattern ?? checksums}`);
  if (predicateType === undefined && file === undefined) {
    world.attestations.push({ predicateType: 'https://slsa.dev/provenance/v1', subjects, predicate: {} });
    return {};
  }
  const schema = predicates[predicateType ?? ''];
  if (schema === undefined || file === undefined || !existsSync(join(workspace, file))) throw new Error('a predicate needs a type that ' +
    `is known and a file that is there, got "${predicateType}" and "${file}"`);
  const predicate: unknown = JSON.parse(readFileSync(join(workspace, file), 'utf8'));
  schema.parse(predicate);
  world.attestations.push({ predicateType: predicateType ?? '', subjects, predicate });
  return {};
}

/** Lines as sha256sum writes them. */
function fromChecksums(text: string): string[] {
  return text.trim().split('\n').map((line) => {
    const [, digest] = /^([0-9a-f]{64}) [ *]\S/.exec(line) ?? [];
    if (digest === undefined) throw new Error(`not a line of checksums: ${line}`);
    return digest;
  });
}

function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

import { environmentCases, type EnvironmentCase } from '../harness/contract/cases.ts';
import type { Reach } from '../harness/contract/reaches.ts';
import { CheckFailed } from '../harness/model/errors.ts';
import { newMark } from '../harness/system/processes/marks.ts';
import { waitFor } from '../harness/system/wait.ts';
import { ended } from '../harness/temporal/ready.ts';
import type { Actor } from '../harness/stage/actor.ts';
import { check, type CheckContext } from '../harness/stage/check.ts';
import { drive, mustGoWell } from '../harness/stage/drive.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { overlapping } from '../harness/stage/overlap.ts';
import { look, type Sighting } from '../harness/stage/reach.ts';
import { mustRefuse } from '../harness/stage/refusal.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { leaksOf } from '../harness/stage/secrets.ts';

const { contract, canaries } = runContext();
const cases = contract ? environmentCases(contract, newMark()) : [];
const asksTheModel = contract?.executions.find(
  (plan) => plan.llm.length > 0 && plan.expect.failure === undefined,
) ?? contract?.executions[0];

type Of<Kind extends EnvironmentCase['kind']> = Extract<EnvironmentCase, { kind: Kind }>;

const unseen = 'the contract names no place (reaches) where its effect can be seen';

async function judge(derived: EnvironmentCase, context: CheckContext): Promise<void> {
  switch (derived.kind) {
    case 'honoured':
      return judgeHonoured(derived, context);
    case 'honoured-service':
      return judgeService(derived, context);
    case 'default':
      return judgeDefault(derived, context);
    case 'missing':
      return judgeMissing(derived, context);
    case 'invalid':
      return judgeInvalid(derived, context);
  }
}

async function judgeHonoured({ name, value, reach }: Of<'honoured'>, context: CheckContext): Promise<void> {
  if (reach === undefined) throw new NotApplicable(unseen);
  const shared = await context.worker();
  const given = shared.environment[name];
  if (given !== undefined) return judgeOn(shared, name, given, reach, context);
  if (reach.at === 'log') {
    const sighting = await sighted(await together(context), reach, value, context);
    if (sighting.seen) return context.note(`seen in ${sighting.where}`);
  }
  return judgeOn(await context.launch({ environment: { [name]: value } }), name, value, reach, context);
}

async function judgeService({ name, reach }: Of<'honoured-service'>, context: CheckContext): Promise<void> {
  const shared = await context.worker();
  return judgeOn(shared, name, shared.environment[name] ?? '', reach, context);
}

async function judgeDefault({ name, value, reach }: Of<'default'>, context: CheckContext): Promise<void> {
  if (reach === undefined) throw new NotApplicable(unseen);
  if (reach.at === 'poller' && reach.field === 'address') throw new NotApplicable('nobody listens at the default address here, and ' +
    'nobody else may be called');
  await keepOffForeignTasks(name, context);
  const shared = await context.worker();
  if (shared.environment[name] === undefined) return judgeOn(shared, name, value, reach, context);
  const environment = { [name]: undefined };
  if (reach.at !== 'poller') return judgeOn(await context.launch({ environment }), name, value, reach, context);
  const { field } = reach;
  await overlapping(async () => {
    const actor = await context.launch({ environment, expected: { [field]: value } });
    await actor.ready(context.signal);
  });
  context.note(`polls ${field} "${value}"`);
}

/** On a server of the user's a worker without its namespace or task queue might take somebody's real tasks. */
async function keepOffForeignTasks(name: string, { stage }: CheckContext): Promise<void> {
  const { server } = await stage();
  const pointers: (string | undefined)[] = Object.values(contract?.temporal ?? {});
  if (server.kind === 'external' && pointers.includes(name)) throw new NotApplicable('not tried on a server that is not ours: the ' +
    'worker might take its tasks');
}

async function judgeMissing({ name }: Of<'missing'>, context: CheckContext): Promise<void> {
  await keepOffForeignTasks(name, context);
  await overlapping(async () => {
    const actor = await context.launch({ environment: { [name]: undefined } });
    context.note(await mustRefuse(await context.stage(), actor, name, `${name} not set`, context.signal));
  });
}

async function judgeInvalid({ name, values }: Of<'invalid'>, context: CheckContext): Promise<void> {
  await keepOffForeignTasks(name, context);
  const one = async (value: string): Promise<void> => {
    const actor = await context.launch({ environment: { [name]: value } });
    await mustRefuse(await context.stage(), actor, name, `${name}="${value}"`, context.signal);
  };
  const chosen = context.run.profile === 'full' ? values : values.slice(0, 1);
  await Promise.all(chosen.map((value) => overlapping(() => one(value))));
  context.note(`${chosen.length} of ${values.length} ${values.length === 1 ? 'value' : 'values'}`);
}

async function judgeOn(actor: Actor, name: string, value: string, reach: Reach, context: CheckContext): Promise<void> {
  const { seen, where, got } = await sighted(actor, reach, value, context);
  if (seen) return context.note(`seen in ${where}`);
  const shown = canaries[name] === undefined ? value : `the value of ${name}`;
  throw new CheckFailed(`${name} has no effect: ${shown} is not seen in ${where}`, {
    expected: `${where}: ${shown}`,
    got,
    remedy: `read ${name} where the worker builds its configuration; a different name there, or a default that wins, looks like this`,
  });
}

/** Output may be buffered, and a request may be on its way, when the worker is ready. */
const settleMs = 2_000;

/** Does what it takes for the effect to show, and gives it a moment. */
async function sighted(actor: Actor, reach: Reach, value: string, { stage, signal }: CheckContext): Promise<Sighting> {
  const opened = await stage();
  if (reach.at !== 'log' && reach.at !== 'poller') {
    await actor.ready(signal);
    if (asksTheModel) await mustGoWell(actor, asksTheModel, signal);
  }
  const visible = (): true | undefined => look(opened, actor, reach, value).seen || undefined;
  let patienceEndsMs = Infinity;
  void actor.settled(signal).then(() => (patienceEndsMs = performance.now() + settleMs));
  const over = (): string | undefined => ended(actor.launch) ?? (performance.now() > patienceEndsMs ? 'it had its time' : undefined);
  await waitFor('the effect', visible, { deadlineMs: actor.readyDeadlineMs + settleMs, signal, over }).catch(() => {});
  return look(opened, actor, reach, value);
}

let group: Promise<Actor> | undefined;

/** Canaries for the secrets that a worker can do without; Temporal's own would change how it connects. */
function optionalSecrets(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(canaries).filter(([name]) => contract?.environment[name]?.required === false && !name.startsWith('TEMPORAL_')),
  );
}

/** One launch with every variable at once whose effect shows in the log; what is not seen here is judged alone. */
async function together({ stage }: Pick<CheckContext, 'stage'>): Promise<Actor> {
  const opened = await stage();
  await opened.mustStart();
  const values = cases.flatMap((derived) => (
    derived.kind === 'honoured' && derived.reach?.at === 'log' && !derived.secret ? [[derived.name, derived.value] as const] : []
  ));
  group ??= opened.launch({ environment: { ...optionalSecrets(), ...Object.fromEntries(values) } });
  return group;
}

for (const derived of cases) check(derived.id, (context) => judge(derived, context), { concurrent: true });

check('environment.secrets', async ({ stage, worker, signal, note }) => {
  const shared = await worker();
  if (asksTheModel) await drive(shared, asksTheModel, signal);
  const secrets = Object.entries(canaries).map(([name, value]) => ({ name, value }));
  if (secrets.length === 0) throw new NotApplicable('the contract names no secret');
  await (await together({ stage })).settled(signal);
  const { actors } = await stage();
  const leaks = actors.flatMap((actor) => leaksOf(actor, secrets));
  const [leak] = leaks;
  if (leak !== undefined) {
    throw new CheckFailed(`the value of ${leak.variable} is seen in ${leak.where}`, {
      expected: 'no secret in output, histories, command lines or files',
      got: [...new Set(leaks.map(({ variable, where }) => `${variable} in ${where}`))].slice(0, 10).join('; '),
      remedy: 'do not log the environment or the configuration object; mask secrets where they are read',
    });
  }
  note(`${actors.length} launches searched for ${secrets.length} secrets`);
});

import type { EnvironmentCase } from '../harness/contract/cases.ts';
import { isOneAtATime } from '../harness/contract/one-at-a-time.ts';
import { isPointer, queueToldBy } from '../harness/contract/pointers.ts';
import type { Reach } from '../harness/contract/reaches.ts';
import { CheckFailed } from '../harness/model/errors.ts';
import { cameBeforeEnd } from '../harness/system/wait.ts';
import { ended } from '../harness/temporal/ready.ts';
import type { Actor } from '../harness/stage/actor.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { connections } from '../harness/stage/connections.ts';
import { mustGoWell } from '../harness/stage/drive.ts';
import { casesOf, exercised, expectedBy, showsMost, together, withEverySecret } from '../harness/stage/exercised.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { look, type Sighting } from '../harness/stage/reach.ts';
import { beginEarly } from '../harness/stage/stops-begun.ts';
import { mustRefuse } from '../harness/stage/refusal.ts';
import { refusedTogether } from '../harness/stage/refused-together.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { atOnceIn, turns } from '../harness/stage/turns.ts';

const { contract, canaries, profile } = runContext();
const isQuick = profile === 'quick';

type Of<Kind extends EnvironmentCase['kind']> = Extract<EnvironmentCase, { kind: Kind }>;

const elsewhere = 'nobody listens at the default address here, and nobody else may be called';
const unseen = 'the contract names no place (reaches) where its effect can be seen';

async function judge(derived: EnvironmentCase, context: CheckContext): Promise<void> {
  const others = context.use(exercised).catch(() => {}); // what looks at the whole run needs it, and is told
  if (alone) await others;
  beginEarly(context, 'all');
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

async function judgeHonoured({ name, value: chosen, reach }: Of<'honoured'>, context: CheckContext): Promise<void> {
  const value = canaries[name] ?? chosen;
  if (reach === undefined) throw new NotApplicable(unseen);
  const shared = await context.worker();
  const given = shared.environment[name];
  if (given !== undefined) return judgeOn(shared, name, given, reach, context);
  if (reach.at === 'log') {
    const sighting = await sighted(await context.use(together), name, value, reach, context);
    if (sighting.seen) return seenIn(context, sighting.where);
  }
  return judgeOn(await context.launch({ environment: { [name]: value } }), name, value, reach, context);
}

async function judgeService({ name, reach }: Of<'honoured-service'>, context: CheckContext): Promise<void> {
  const shared = await context.worker();
  return judgeOn(shared, name, shared.environment[name] ?? '', reach, context);
}

async function judgeDefault({ name, value, reach }: Of<'default'>, context: CheckContext): Promise<void> {
  if (reach === undefined) throw new NotApplicable(unseen);
  const field = reach.at === 'poller' ? reach.field : undefined;
  if (field === 'address') throw new NotApplicable(elsewhere);
  await keepOffForeignTasks(name, context);
  const shared = await context.worker();
  if (shared.environment[name] === undefined) return judgeOn(shared, name, value, reach, context);
  const environment = { [name]: undefined };
  if (field === undefined) return judgeOn(await context.launch({ environment }), name, value, reach, context);
  const tried = await context.use(withEverySecret).catch(() => undefined);
  context.compares(1, 'value');
  if (tried?.polled.has(name)) return context.note(`polls ${field} "${value}"`);
  await (await context.use(turns))(async () => {
    const actor = await context.launch({ environment, expected: expectedBy(contract, [{ name, field, value }]) });
    await actor.ready();
  });
  context.note(`polls ${field} "${value}"`);
}

/** On a server of the user's a worker without its namespace or task queue might take somebody's real tasks. */
async function keepOffForeignTasks(name: string, { use }: CheckContext): Promise<void> {
  const { server } = await use(connections);
  if (server.kind === 'external' && isPointer(contract, name)) throw new NotApplicable('not tried on a server that is not ours: the ' +
    'worker might take its tasks');
}

async function judgeMissing({ name }: Of<'missing'>, context: CheckContext): Promise<void> {
  await keepOffForeignTasks(name, context);
  context.compares(1, 'launch without it');
  const said = isQuick ? (await context.use(refusedTogether.missing)).get(name) : undefined;
  if (said !== undefined) return context.note(`beside other missing variables: ${said}`);
  await (await context.use(turns))(async () => {
    const actor = await context.launch({ environment: { [name]: undefined } });
    context.note(await mustRefuse(actor, spelt(name), `${name} not set`, context));
  });
}

async function judgeInvalid({ name, values }: Of<'invalid'>, context: CheckContext): Promise<void> {
  await keepOffForeignTasks(name, context);
  const one = async (value: string): Promise<void> => {
    const actor = await context.launch({ environment: { [name]: value } });
    await mustRefuse(actor, spelt(name), `${name}="${value}"`, context);
  };
  context.compares(isQuick ? 1 : values.length, 'invalid values');
  const said = isQuick ? (await context.use(refusedTogether.invalid)).get(name) : undefined;
  if (said !== undefined) return context.note(`1 of ${values.length}, beside other wrong variables: ${said}`);
  const chosen = isQuick ? values.slice(0, 1) : values;
  await (await context.use(turns)).map(chosen, one);
  context.note(`${chosen.length} of ${values.length} ${values.length === 1 ? 'value' : 'values'}`);
}

/** A variable and how the worker spells it. */
const spelt = (name: string) => ({ name, says: contract?.environment[name]?.says });

function seenIn(context: CheckContext, where: string): void {
  context.compares(1, 'value');
  context.note(`seen in ${where}`);
}

async function judgeOn(actor: Actor, name: string, value: string, reach: Reach, context: CheckContext): Promise<void> {
  const { seen, where, got } = await sighted(actor, name, value, reach, context);
  if (seen) return seenIn(context, where);
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
async function sighted(actor: Actor, name: string, value: string, reach: Reach, { use, signal }: CheckContext): Promise<Sighting> {
  const opened = await use(connections);
  const queue = contract && queueToldBy(contract, name);
  if (reach.at !== 'log' && reach.at !== 'poller') {
    await actor.ready();
    const plan = await use(showsMost);
    if (plan) await mustGoWell(actor, plan);
  }
  const visible = (): true | undefined => look(opened, actor, reach, value, queue).seen || undefined;
  let patienceEndsMs = Infinity;
  void actor.settled().then(() => (patienceEndsMs = performance.now() + settleMs));
  const over = (): string | undefined => ended(actor.launch) ?? (performance.now() > patienceEndsMs ? 'it had its time' : undefined);
  await cameBeforeEnd(
    'the effect', visible, { deadlineMs: actor.limits.readyMs + settleMs, signal, over, stretch: actor.launch.cpu.stretch() },
  );
  return look(opened, actor, reach, value, queue);
}

const cases = casesOf(runContext());
const work = { launches: 2 * cases.length, atOnce: atOnceIn(runContext()) };
const alone = isOneAtATime(contract);

for (const derived of cases) check(derived.id, (context) => judge(derived, context), { concurrent: !alone, work });

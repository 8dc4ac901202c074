import { environmentCases, type EnvironmentCase } from '../contract/cases.ts';
import { isOneAtATime } from '../contract/one-at-a-time.ts';
import { queueToldBy } from '../contract/pointers.ts';
import type { Contract } from '../contract/schema.ts';
import type { Sighting } from '../system/secrets/search.ts';
import type { Actor, Plan } from './actor.ts';
import { drive, wentWell } from './drive.ts';
import { launches, type LaunchOptions } from './launches.ts';
import { endsWell } from './plan.ts';
import type { RunContext } from './run-context.ts';
import { fixture, type Scope } from './scope.ts';
import { searchServer } from './secrets/search.ts';
import { turns } from './turns.ts';

/** The environment's cases of a run; their values are of this run only. */
export function casesOf({ contract, run }: RunContext): readonly EnvironmentCase[] {
  return contract ? environmentCases(contract, run.mark) : [];
}

/**
 * The execution that shows most of what a worker does with its variables: the first of those that go well alone, one that asks the model
 * before others; where none does, the one that should.
 */
export const showsMost = fixture('execution that shows most', async ({ run: { contract }, use }): Promise<Plan | undefined> => {
  const plans = contract?.executions ?? [];
  const asking = plans.filter((plan) => plan.llm.length > 0 && endsWell(plan));
  const shared = await (await use(launches)).worker();
  for (const plan of [...asking, ...plans.filter((other) => !asking.includes(other))]) if (await wentWell(shared, plan)) return plan;
  return asking[0] ?? plans[0];
});

/** Canaries for the secrets that a worker can do without; Temporal's own change how it connects. */
function optionalSecrets({ canaries, contract }: RunContext, whose: "Temporal's" | 'others'): Record<string, string> {
  return Object.fromEntries(Object.entries(canaries).filter(([name]) => (
    contract?.environment[name]?.required === false && name !== contract.temporal.apiKey
      && name.startsWith('TEMPORAL_') === (whose === "Temporal's")
  )));
}

/** One launch with every variable at once whose effect shows in the log; what is not seen there is judged alone. */
export const together = fixture('variables together', async (scope): Promise<Actor> => {
  const all = await scope.use(launches);
  await all.mustStart();
  const values = casesOf(scope.run).flatMap((derived) => (
    derived.kind === 'honoured' && derived.reach?.at === 'log' && !derived.secret ? [[derived.name, derived.value] as const] : []
  ));
  return all.start({ environment: Object.fromEntries(values), yields: true });
});

/** The shared worker is ready and has done its first work, for which many import most of what they have. */
export const warmWorker = fixture('warm worker', async (scope): Promise<Actor> => {
  const plan = await scope.use(showsMost);
  const shared = await (await scope.use(launches)).worker();
  if (plan) await drive(shared, plan).catch(() => {}); // its own check is told
  return shared;
});

/** What came of the launch with every secret: where one was seen, and the variables whose defaults it was seen to poll. */
export type WithEverySecret = {
  readonly sightings: readonly Sighting[];
  readonly polled: ReadonlySet<string>;
};

/**
 * A launch with every secret does its work, on the task queue and in the namespace that are its defaults; nothing else of what comes of it
 * is judged. A secret that was made up may keep it from getting there: then it has them where every launch works.
 */
export const withEverySecret = fixture('every secret at work', async (scope): Promise<WithEverySecret> => {
  const secrets = optionalSecrets(scope.run, 'others');
  const all = await scope.use(launches);
  await all.mustStart();
  const byDefault = defaultPost(scope.run);
  const unset = Object.fromEntries(byDefault.map(({ name }) => [name, undefined]));
  const expected = expectedBy(scope.run.contract, byDefault);
  const tries: LaunchOptions[] = [
    ...(byDefault.length > 0 ? [{ environment: { ...secrets, ...unset }, expected }] : []),
    ...(Object.keys(secrets).length > 0 ? [{ environment: secrets }] : []),
  ];
  // Before any of them starts: where two launches cannot run at once, nobody else works beside it.
  const plans = scope.run.profile === 'full' ? scope.run.contract?.executions ?? [] : [await scope.use(showsMost)];
  return (await scope.use(turns))(async () => {
    for (const options of tries) {
      const actor = await all.start(options);
      // A default holds where every queue is polled that should be; for the secrets any of them will do.
      const isThere = options.expected !== undefined && await actor.ready().then(() => true, () => false);
      if (!isThere && options !== tries.at(-1)) {
        await actor.dispose();
        continue;
      }
      await actor.settled();
      const sightings = await works(actor, plans, scope);
      await actor.dispose();
      return { sightings, polled: new Set(isThere ? byDefault.map(({ name }) => name) : []) };
    }
    return { sightings: await searchServer(await scope.use(warmWorker), scope), polled: new Set<string>() };
  });
});

/** A variable that says where to poll, and its default. */
type PollsBy = { readonly name: string; readonly field: 'namespace' | 'taskQueue'; readonly value: string };

/** Where a launch polls to which none of these variables is given. */
export function expectedBy(contract: Contract | undefined, variables: readonly PollsBy[]): NonNullable<LaunchOptions['expected']> {
  const namespace = variables.find(({ field }) => field === 'namespace')?.value;
  const queues = variables.flatMap(({ name, field, value }) => (
    field === 'taskQueue' && contract ? [[queueToldBy(contract, name), value] as const] : []
  ));
  return { ...(namespace !== undefined && { namespace }), queues: Object.fromEntries(queues) };
}

/** Where the worker polls by default, as far as that can be tried here: on somebody else's server it might take tasks that are not ours. */
function defaultPost(run: RunContext): PollsBy[] {
  if (run.server?.kind !== 'dev-server') return [];
  return casesOf(run).flatMap((derived) => {
    const reach = derived.kind === 'default' ? derived.reach : undefined;
    return derived.kind === 'default' && reach?.at === 'poller' && reach.field !== 'address'
      ? [{ name: derived.name, field: reach.field, value: derived.value }] : [];
  });
}

/** A value that was made up may lead it elsewhere; waiting for more of the same shows nothing. */
async function works(actor: Actor, plans: readonly (Plan | undefined)[], scope: Scope): Promise<readonly Sighting[]> {
  for (const plan of plans) {
    const went = plan !== undefined && actor.isReady && await drive(actor, plan).catch(() => false as const);
    if (went === false || went.ending.kind === 'stuck') break;
  }
  return searchServer(actor, scope);
}

/** Time enough to fail: that launch cannot reach the server, which wants no key. */
const startsToFail = 3;

/** A launch with the keys of Temporal's own, which says what it has to say of them and is ended. */
const withServerKeys = fixture('server keys given', async (scope): Promise<void> => {
  const environment = optionalSecrets(scope.run, "Temporal's");
  if (Object.keys(environment).length === 0 || scope.run.profile === 'quick') return;
  const all = await scope.use(launches);
  const readyMs = await (await all.worker()).ready();
  const actor = await all.start({ environment });
  await actor.launch.waitForExit(startsToFail * readyMs, { signal: scope.signal });
  await actor.dispose();
});

/** Every secret has been given to a launch that has done its work. */
export const exercised = fixture('secrets given', async (scope): Promise<void> => {
  if (isOneAtATime(scope.run.contract)) {
    // One after the other: each would end the one before in the middle of its work.
    for (const each of [warmWorker, withEverySecret, withServerKeys] as const) await scope.use<unknown>(each);
    return await (await scope.use(together)).settled();
  }
  const others = Promise.all([scope.use(withEverySecret), scope.use(withServerKeys), scope.use(together).then((actor) => actor.settled())]);
  others.catch(() => {}); // awaited below
  await scope.use(warmWorker);
  await others;
});

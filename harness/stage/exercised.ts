import { environmentCases, type EnvironmentCase } from '../contract/cases.ts';
import type { Actor, Plan } from './actor.ts';
import { drive } from './drive.ts';
import { launches } from './launches.ts';
import type { RunContext } from './run-context.ts';
import { fixture } from './scope.ts';

/** The environment's cases of a run; their values are of this run only. */
export function casesOf({ contract, run }: RunContext): readonly EnvironmentCase[] {
  return contract ? environmentCases(contract, run.mark) : [];
}

/** The execution that shows most of what a worker does with its variables: one that asks the model, else the first. */
export function asksTheModel({ contract }: RunContext): Plan | undefined {
  return contract?.executions.find((plan) => plan.llm.length > 0 && plan.expect.failure === undefined) ?? contract?.executions[0];
}

/** Canaries for the secrets that a worker can do without; Temporal's own would change how it connects. */
function optionalSecrets({ canaries, contract }: RunContext): Record<string, string> {
  return Object.fromEntries(
    Object.entries(canaries).filter(([name]) => contract?.environment[name]?.required === false && !name.startsWith('TEMPORAL_')),
  );
}

/** One launch with every variable at once whose effect shows in the log; what is not seen there is judged alone. */
export const together = fixture('variables together', async (scope): Promise<Actor> => {
  const all = await scope.use(launches);
  await all.mustStart();
  const values = casesOf(scope.run).flatMap((derived) => (
    derived.kind === 'honoured' && derived.reach?.at === 'log' && !derived.secret ? [[derived.name, derived.value] as const] : []
  ));
  return all.start({ environment: { ...optionalSecrets(scope.run), ...Object.fromEntries(values) } });
});

/** The shared worker is ready and has done its first work, for which many import most of what they have. */
export const warmWorker = fixture('warm worker', async (scope): Promise<Actor> => {
  const shared = await (await scope.use(launches)).worker();
  const plan = asksTheModel(scope.run);
  if (plan) await drive(shared, plan);
  return shared;
});

/** Every secret has been given to a launch, and the required ones to one that has done its work. */
export const exercised = fixture('secrets given', async (scope): Promise<void> => {
  await scope.use(warmWorker);
  await (await scope.use(together)).settled();
});

import { usualSeconds } from './execution-schema.ts';
import type { Contract } from './schema.ts';

/** The contract with every time that is waited for so many times as long: where an emulator runs the executable, the emulator is slow. */
export function stretched(contract: Contract, times: number): Contract {
  const { budgets, shutdown, executions } = contract;
  return {
    ...contract,
    budgets: { ...budgets, readySeconds: times * budgets.readySeconds, versionSeconds: times * budgets.versionSeconds },
    shutdown: { ...shutdown, withinSeconds: times * shutdown.withinSeconds },
    executions: executions.map((execution) => ({ ...execution, timeoutSeconds: times * (execution.timeoutSeconds ?? usualSeconds) })),
  };
}

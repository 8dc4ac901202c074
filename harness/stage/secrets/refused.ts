import type { Actor } from '../actor.ts';
import type { RunContext } from '../run-context.ts';

/** A worker that refuses its configuration says so at the end. */
const lastLines = 12;

/**
 * The required secret whose made-up value a launch refused: it ended by itself and named a variable of which the contract has no example.
 * Undefined where its end is its own.
 */
export function refusedSecret({ launch }: Pick<Actor, 'launch'>, { contract, canaries }: RunContext): string | undefined {
  if (!launch.exit?.code) return undefined;
  const said = launch.output.tail(lastLines);
  return Object.keys(canaries).find((name) => {
    const variable = contract?.environment[name];
    return variable?.required === true && variable.example === undefined && said.includes(name);
  });
}

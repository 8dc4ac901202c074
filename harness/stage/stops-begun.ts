import { setImmediate } from 'node:timers/promises';
import { isOneAtATime } from '../contract/one-at-a-time.ts';
import { held } from './held.ts';
import { launches } from './launches.ts';
import { leaving } from './leaving.ts';
import { warmBaseline } from './pairs.ts';
import { promisedStop } from './promised-stop.ts';
import { fixture, type Scope } from './scope.ts';
import { stops } from './stops.ts';

/** All stops begin together, so that the launches overlap, also with others that are not measured; each check then judges its own. */
export const begun = fixture('stops begun', async (scope) => {
  await (await scope.use(launches)).mustStart();
  const all = await scope.use(stops);
  const { signals, main } = promisedStop(scope.run.contract);
  // The longest chain first: the others fill its waits.
  const able = await scope.use(held).then(() => true, () => false); // the checks that need it are told
  if (able) {
    void scope.use(leaving);
    await setImmediate(); // it has taken its place
    for (const moment of ['in-flight', 'again'] as const) void all.of(main, moment);
  }
  for (const moment of ['idle', 'starting'] as const) for (const each of signals) void all.of(each, moment);
  if (!isOneAtATime(scope.run.contract)) void scope.use(warmBaseline);
  return all;
});

/** Lets these launches fill the gaps of others, in a run that is to judge them; `longest` is the chain that takes longest, by itself. */
export function beginEarly({ run: { only, contract }, use }: Pick<Scope, 'run' | 'use'>, which: 'all' | 'longest'): void {
  if (isOneAtATime(contract)) return;
  const isAsked = only.length === 0 || only.some((name) => name.startsWith('shutdown'));
  if (!isAsked) return;
  const started: Promise<unknown> = which === 'all' ? use(begun) : use(leaving);
  started.catch(() => {}); // its own checks are told
}

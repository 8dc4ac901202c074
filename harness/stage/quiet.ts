import { endurance } from './endurance/endurance.ts';
import { idle } from './endurance/idle.ts';
import { launches } from './launches.ts';
import type { Scope } from './scope.ts';

/** Nothing else of the run works or stands idle any more: what has stood so far does its work now, and every launch has ended. */
export async function becomeQuiet(scope: Scope): Promise<void> {
  if (idle.begunIn(scope)) await scope.use(endurance).catch(() => {}); // its own check is told
  await scope.settled();
  await (await scope.use(launches)).retireAll();
}

import { CouldNotJudge } from '../../model/errors.ts';
import { cameWithin } from '../../system/wait.ts';
import type { Arrival } from '../../temporal/tls/greeter.ts';
import { connections } from '../connections.ts';
import { launches } from '../launches.ts';
import type { Polling } from '../polling.ts';
import { fixture, type Scope } from '../scope.ts';
import { turns } from '../turns.ts';

/** A server whose certificate is wrong, and what a launch that was led there has done. */
export type WrongServer = {
  /** What is wrong with it, as in "a server whose certificate …". */
  readonly which: string;
  readonly way: Pick<Polling, 'arrivals' | 'calls'>;
};

const wrong = { unknown: 'nobody signed whom it was told to trust', misnamed: 'is for another name' } as const;

/** Who gave up a handshake may try again, or otherwise: so many starts of a launch, at most. */
const startsToDecide = 3;

/** One that was let in calls at once, and what one that ended said before is on its way. */
const lastWordMs = 2_000;

/** Each of them with a launch of its own, which goes to nobody else. */
export const wrongServers = fixture('servers with wrong certificates', async (scope): Promise<readonly WrongServer[]> => {
  const [all, inTurn] = [await scope.use(launches), await scope.use(turns)];
  const readyMs = await (await all.worker()).ready();
  return Promise.all((['unknown', 'misnamed'] as const).map((kind) => inTurn(() => tried(scope, kind, readyMs))));
});

async function tried({ use, signal }: Scope, kind: keyof typeof wrong, readyMs: number): Promise<WrongServer> {
  const { certificates } = await use(connections);
  const shown = certificates?.servers[kind];
  const actor = await (await use(launches)).start(shown === undefined ? {} : { shown });
  const { way } = actor;
  if (way === undefined) throw new CouldNotJudge('there is no way to our own server');
  try {
    const { launch, limits } = actor;
    const isAt = (...states: readonly Arrival['state'][]): true | undefined => (
      way.arrivals.some(({ state }) => states.includes(state)) || undefined
    );
    const ended = (): true | undefined => launch.exit !== undefined || undefined;
    await cameWithin('what it makes of the certificate', () => ended() ?? isAt('open', 'refused'), {
      deadlineMs: limits.readyMs, signal, stretch: launch.cpu.stretch(),
    });
    await cameWithin('what it does then', () => ended() ?? isAt('open'), { deadlineMs: startsToDecide * readyMs, signal });
    const isDone = (): true | undefined => (isAt('open') ? way.calls.length > 0 || undefined : !isAt('greeting') || undefined);
    await cameWithin('its last word', isDone, { deadlineMs: lastWordMs, signal });
    return { which: wrong[kind], way: { arrivals: structuredClone(way.arrivals), calls: way.calls } };
  } finally {
    await actor.dispose();
  }
}

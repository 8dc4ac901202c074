import { existsSync } from 'node:fs';
import { CouldNotJudge } from '../../model/errors.ts';
import { redactorOf } from '../../system/redact.ts';
import { finderOf } from '../../system/secrets/finder.ts';
import { searchAll, type Searched, type Sighting } from '../../system/secrets/search.ts';
import { fileSource, type Source } from '../../system/secrets/source.ts';
import type { ServerInfo } from '../../temporal/connect.ts';
import type { Actor } from '../actor.ts';
import { connections, type Connections } from '../connections.ts';
import { launches, type Launches } from '../launches.ts';
import { fileIn } from '../room-files.ts';
import type { RunContext } from '../run-context.ts';
import type { Scope } from '../scope.ts';
import { askedOf } from './asked.ts';
import { givenSecrets, type GivenSecrets } from './given.ts';
import { leftBy } from './left.ts';
import { keptBy, servedTo } from './served.ts';

/** What came of searching all that a run left. */
export type SearchedRun = Searched & GivenSecrets & {
  readonly launches: number;
  /** What there is no eye for here. */
  readonly unseen: readonly string[];
};

/**
 * Searches everything that the launches of a run left for the secrets that they were given, and adds what was seen before it was gone. To
 * be called when all of them have ended.
 * @throws {CouldNotJudge} when the output of a launch was not captured.
 */
export async function searchRun({ use, run }: Pick<Scope, 'use' | 'run'>, seenBefore: readonly Sighting[]): Promise<SearchedRun> {
  const all = await use(launches);
  const given = givenSecrets(all.all.filter(({ launch }) => launch.command.variant === 'subject'), run);
  const lost = all.all.find(({ launch: { output: { files } } }) => !existsSync(files.stdout) || !existsSync(files.stderr));
  if (lost !== undefined) throw new CouldNotJudge(`the output of process ${lost.launch.pid} was not captured, so it cannot be searched`);
  const opened = await use(connections);
  const searched = await searchAll(leftByRun(all, opened, run), finderOf(given.searched));
  const unseen = opened.server.database === undefined ? ['details of heartbeats and memos on a server that is not ours'] : [];
  // A file may be named like the secret.
  const hide = redactorOf(given.searched);
  const sightings = [...searched.sightings, ...seenBefore].map((each) => ({ ...each, place: hide(each.place).text }));
  return { ...searched, sightings, ...given, unseen, launches: all.all.length };
}

function* leftByRun({ all }: Launches, { server, services }: Connections, { contract }: RunContext): Generator<Source> {
  for (const actor of all) {
    if (actor.launch.command.variant === 'previous') continue; // its release has been judged
    yield* leftBy(actor, new Set(Object.keys(contract?.files ?? {}).map((name) => fileIn(actor.launch.room, name))));
    yield* askedOf(actor.llm.requests, contract);
    yield* servedTo(actor, services);
  }
  yield* keptBy(services);
  yield* keptByServer(server);
}

/** Details of heartbeats and failures of attempts that were repeated are nowhere else. */
function* keptByServer({ database }: ServerInfo): Generator<Source> {
  if (database === undefined) return;
  for (const file of [database, `${database}-wal`]) {
    yield fileSource('what the Temporal server was sent (payloads, memo, heartbeat details, failures)', file);
  }
}

/** Searches what the server was sent while a launch worked, before it is overwritten. */
export async function searchServer(actor: Actor, { use, run }: Pick<Scope, 'use' | 'run'>): Promise<readonly Sighting[]> {
  const { server } = await use(connections);
  return (await searchAll(keptByServer(server), finderOf(givenSecrets([actor], run).searched))).sightings;
}

/** A sighting in words, without the secret: the variable, the place and the encoding. */
export function sightingText({ name, encoding, place, at }: Sighting): string {
  return `${name} in ${place}${encoding === 'plain' ? '' : ` (${encoding})`}, at byte ${at}`;
}

/** One sighting of each kind in words, with how many launches, events or files have more of it. */
export function kindsOf(sightings: readonly Sighting[]): string[] {
  const kinds = Map.groupBy(sightings, ({ name, encoding, place }) => `${name} ${encoding} ${place.replaceAll(/\d+/g, '#')}`);
  return [...kinds.values()].flatMap(([first, ...more]) => (
    first === undefined ? [] : `${sightingText(first)}${more.length > 0 ? `, and ${more.length} more of this kind` : ''}`
  ));
}

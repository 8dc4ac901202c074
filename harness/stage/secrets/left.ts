import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { linkOf } from '../../system/processes/sockets-linux.ts';
import { entriesBelow } from '../../system/tree.ts';
import { shorten } from '../../model/text.ts';
import { fileSource, heldSource, type Source } from '../../system/secrets/source.ts';
import type { HistoryEvent } from '../../temporal/history.ts';
import type { Actor } from '../actor.ts';

/**
 * What a launch left behind: its whole output, command lines that were seen, the names and contents of its files, its histories; but for
 * the files that were written for it (`ours`).
 */
export function* leftBy(
  { launch, executions }: Pick<Actor, 'launch' | 'executions'>, ours: ReadonlySet<string> = new Set(),
): Generator<Source> {
  const { pid, output: { files }, room, command: { variant } } = launch;
  const whose = `${variant === 'baseline' ? 'the baseline, ' : ''}process ${pid}`;
  yield fileSource(`stdout of ${whose}`, files.stdout);
  yield fileSource(`stderr of ${whose}`, files.stderr);
  yield heldSource(`a command line of ${whose} or of its children`, [...launch.tree.commands].join('\n'));
  for (const { events } of executions) for (const event of events) yield* eventSources(event);
  for (const folder of [room.home, room.cwd, room.tmp]) {
    // What a killed executable had unpacked too, because it may have written there.
    const names: string[] = [];
    for (const { path, reach, stat } of entriesBelow(folder)) {
      const shown = relative(room.folder, path);
      names.push(shown, stat.isSymbolicLink() ? linkOf(reach) : '');
      if (stat.isFile() && !ours.has(path)) yield reach === path
        ? fileSource(`the file ${shown} of ${whose}`, path)
        : heldSource(`the file ${shorten(shown, 200)} of ${whose}`, readFileSync(reach));
    }
    yield heldSource(`a file name of ${whose}`, names.join('\n'));
  }
}

/** The texts and payloads of one event, each payload by itself too: it may be compressed. */
export function* eventSources(event: HistoryEvent): Generator<Source> {
  const kind = Object.keys(event).find((key) => key.endsWith('EventAttributes') && Reflect.get(event, key) !== null) ?? 'event';
  const place = `a workflow history, ${kind.replace('EventAttributes', '')} (event ${String(event.eventId)})`;
  const values = [...leaves(event, 0)];
  yield heldSource(place, Buffer.concat(values.flatMap((value) => [Buffer.from(value), Buffer.from('\n')])));
  for (const value of values) if (typeof value !== 'string') yield heldSource(place, value);
}

const deepest = 30;

function* leaves(value: unknown, depth: number): Generator<string | Uint8Array> {
  if (typeof value === 'string' || value instanceof Uint8Array) yield value;
  else if (typeof value === 'object' && value !== null && depth < deepest) for (const [key, each] of Object.entries(value)) {
    yield key;
    yield* leaves(each, depth + 1);
  }
}

import { expect, test } from 'vitest';
import type { ObservationKind } from '../model/observation.ts';
import { hazards } from '../runtimes/pyinstaller/hazards/hazards.ts';
import { signatures } from './with-hazards.testing.ts';

/** How many hazards each group has: bundle, native code, start, processes, environment, Temporal, security. */
const groups: Readonly<Record<string, number>> = { BC: 17, NA: 12, ST: 7, PM: 15, EN: 15, TW: 19, SE: 7 };

/** Told by what a log, a history or a command line says. */
const inLogs =
  'BC-01 BC-02 BC-03 BC-04 BC-05 BC-07 BC-09 BC-12 BC-13 BC-14 BC-15 BC-16 BC-17  NA-01 NA-02 NA-04 NA-05 NA-07 NA-08 NA-09 ' +
    'NA-10 NA-12  ST-02 ST-03 ST-04 ST-05  PM-04 PM-05 PM-07 PM-08 PM-09 PM-10 PM-11 PM-12  EN-03 EN-04 EN-05 EN-06  TW-01 ' +
      'TW-06 TW-07 TW-08 TW-09 TW-17 TW-18 TW-19';

/** Told by what is read from the executable, alone or beside its source, lock file and contract. */
const inBundles =
  'BC-01 BC-02 BC-03 BC-04 BC-05 BC-06 BC-07 BC-08 BC-10 BC-12 BC-13 BC-15 BC-16 BC-17  NA-01 NA-02 NA-05 NA-09 NA-12  ST-04  PM-03 ' +
    'PM-04  EN-04 EN-08 EN-14 EN-15  TW-01 TW-17 TW-18  SE-01 SE-03 SE-04 SE-07';

/** Told by no row: what shows them instead, or why nothing can. */
const without: Readonly<Record<string, string>> = {
  'BC-11': 'an editable package that was not followed is a missing module: BC-02',
  'NA-03': 'the build fails; what is built for another processor is NA-02',
  'NA-06': 'macOS kills without a word; needs its tools on the machine that downloads',
  'NA-11': 'the build fails',
  'ST-01': 'needs a run: startup.ready and performance.ready',
  'ST-06': 'why stderr is always kept; its lines are those of other hazards',
  'ST-07': 'a rule for the harness: a baseline that fails makes the comparison inconclusive',
  'PM-01': 'needs a run: registration.identity',
  'PM-02': 'by design of the freezer: shutdown.<signal>.parent.starting notes what is left, and anything else there is red',
  'PM-06': 'a table of exit codes; each is told in the check that met it',
  'PM-13': 'needs a run: performance.disk',
  'PM-14': 'depends on the service manager or container, not on the executable',
  'PM-15': 'needs a second signal during the clean-up; one that comes before that is shutdown.<signal>.parent.again',
  'EN-01': 'by design of the freezer; inspect shows the options that are baked in',
  'EN-02': 'by design of the freezer; inspect shows whether the option u is baked in',
  'EN-07': 'needs a run with a planted .env',
  'EN-09': 'needs a run beside the baseline without HOME or with a read-only folder',
  'EN-10': 'needs a run under such a path',
  'EN-11': 'an allowed difference',
  'EN-12': 'needs a run: environment.<NAME>.honoured',
  'EN-13': 'needs a run beside the baseline',
  'TW-02': 'a cost; needs a run: performance',
  'TW-03': 'happens from source too',
  'TW-04': 'where other hazards show: execution.every-activity; its lines are those of BC-02 to BC-05',
  'TW-05': 'a rule for the harness: new queues, and pollers by process id',
  'TW-10': 'Windows only at run time: how a worker is stopped there',
  'TW-11': 'needs a run: a crash with an activity in flight',
  'TW-12': 'an allowed difference',
  'TW-13': 'happens from source too',
  'TW-14': 'a rule for the harness: registration.sole and registration.identity',
  'TW-15': 'an allowed difference',
  'TW-16': 'needs a run: performance.memory',
  'SE-02': 'needs a run: environment.secrets looks for planted values',
  'SE-05': 'needs a run: shutdown.left-overs',
  'SE-06': 'about the place of download; the gate compares an artifact with what was verified',
};

const idsOf = (text: string) => text.split(/\s+/);
const sorted = (ids: Iterable<string>) => [...new Set(ids)].toSorted();

/** What the rows that have several hazards tell them apart by. */
const telling: readonly Readonly<Record<string, string>>[] = [
  {}, {
    module: 'temporalio.worker.workflow_sandbox._in_sandbox',
  }, { module: 'a', standardLibrary: 'yes' }, { module: 'a_pb2' }, { folder: '/tmp/a' }, { level: 'OO' },
];

test('hazards with a row for logs', () => {
  expect(sorted(signatures.map(({ id }) => id).filter((id) => id !== 'bootloader'))).toEqual(sorted(idsOf(inLogs)));
});

test('hazards with a row for what is read', () => {
  const kinds = Object.keys(hazards.observations) as ObservationKind[];
  expect(sorted(kinds.flatMap((kind) => telling.map((args) => hazards.observations[kind].hazard(args))))).toEqual(sorted(idsOf(inBundles)));
});

test('every hazard is told by a row, or there is a reason why not', () => {
  const all = Object.entries(groups).flatMap(
    ([group, count]) => Array.from({ length: count }, (_, index) => `${group}-${String(index + 1).padStart(2, '0')}`),
  );
  const withRow = new Set([...idsOf(inLogs), ...idsOf(inBundles)]);
  expect(sorted([...withRow, ...Object.keys(without)])).toEqual(sorted(all));
  expect(Object.keys(without).filter((id) => withRow.has(id))).toEqual([]);
});

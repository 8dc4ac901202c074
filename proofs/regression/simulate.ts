import { outcomeOf, type Outcome } from './cell.ts';
import { simulateReleases, type Releases } from './releases.ts';
import { allRows, atMost, percent, type Row } from './tables.ts';

/** All that was simulated, and in sentences what is not as promised. */
export type Simulated = {
  readonly gates: number;
  readonly seed: string;
  readonly rows: readonly { readonly row: Row; readonly outcome: Outcome }[];
  readonly releases: readonly Releases[];
  readonly faults: readonly string[];
};

/** So many gates of each cell are simulated for one release, so that 4,000 come with 500 releases. */
const gatesByRelease = 8;

/** Simulates gates of every cell, and whole releases; the same seed gives the same. `say` is told what comes next. */
export function simulate(gates: number, seed: string, say: (what: string) => void): Simulated {
  const rows = allRows().map((row) => {
    say(`${row.table}: ${row.cell.what}, ${row.cell.noise.name}`);
    return { row, outcome: outcomeOf(row.cell, gates, seed) };
  });
  const releases = (['noise of known shapes', 'recorded on a quiet machine', 'recorded on a busy machine'] as const).map((of) => {
    say(`releases: ${of}`);
    return simulateReleases(of, Math.ceil(gates / gatesByRelease), seed);
  });
  const faults = rows.flatMap(({ row, outcome }) => (
    row.faults(outcome).map((fault) => `${row.table}, ${row.cell.what}, ${row.cell.noise.name}: ${fault}`)
  ));
  return { gates, seed, rows, releases, faults: [...faults, ...releases.flatMap(releaseFaults)] };
}

/** What is promised of a release: 1 % false alarms; and an answer on a machine that is fit, which a busy one is not. */
function releaseFaults({ of, releases, metrics }: Releases): string[] {
  const alarms = releases.filter(({ fail }) => fail > 0).length / releases.length;
  const promises = [
    { broken: alarms > atMost(0.01, releases.length), told: `${percent(alarms)} of the releases are blocked though nothing has changed` },
    ...metrics.flatMap(({ metric, gates, inconclusive, intervals, missed, pairsMedian }) => [
      { broken: missed / intervals > 0.05, told: `${percent(missed / intervals)} of the intervals of ${metric} miss the truth` },
      ...(of === 'recorded on a busy machine' ? [] : [
        { broken: inconclusive / gates > 0.01, told: `${percent(inconclusive / gates)} of ${metric} can't be told` },
        { broken: pairsMedian > 20, told: `a healthy verdict about ${metric} takes ${pairsMedian} pairs, 20 are enough` },
      ]),
    ]),
  ];
  return promises.flatMap(({ broken, told }) => (broken ? [`${of}: ${told}`] : []));
}

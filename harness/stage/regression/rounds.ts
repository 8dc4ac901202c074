import { median } from 'simple-statistics';
import { coin, type Arm, type Pair } from './arms.ts';

/** How many rounds there are: `most`, or as many as fit into `mostMs`, of which those that have begun are ended; `least` in any case. */
export type Rounds = { readonly least: number; readonly most: number; readonly mostMs: number };

/** What the runs of some arms took, the nth of each in the nth round. */
export type Times = ReadonlyMap<Arm, readonly number[]>;

/** Runs these arms by turns, in an order that is drawn for each round, and takes the time of each. */
export async function inRounds(arms: readonly Arm[], { least, most, mostMs }: Rounds, runOne: (arm: Arm) => Promise<void>): Promise<Times> {
  const times = new Map(arms.map((arm): [Arm, number[]] => [arm, []]));
  const startMs = performance.now();
  for (let round = 0; round < least || (round < most && performance.now() - startMs < mostMs); round += 1) {
    for (const arm of coin().filter((one) => arms.includes(one))) {
      const fromMs = performance.now();
      await runOne(arm);
      times.get(arm)?.push(performance.now() - fromMs);
    }
  }
  return times;
}

/**
 * All rounds as one pair of values. Runs of one round meet the same machine, so it is their ratios that are told from each other least by
 * what else that does: the value of the last release is its median, that of the subject so many times as much as the median of the ratios.
 * Who is called which has no say in it: exchanged, the ratio is the other way round.
 */
export function pairOfRounds(times: Times): Pair<number> {
  const [subject, previous] = [times.get('subject') ?? [], times.get('previous') ?? []];
  const usual = median([...previous]);
  const logs = previous.slice(0, subject.length).map((ms, round) => Math.log((subject[round] ?? NaN) / ms));
  return { subject: usual * Math.exp(median(logs)), previous: usual };
}

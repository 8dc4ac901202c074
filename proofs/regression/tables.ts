import type { Cell, Outcome } from './cell.ts';
import { noisesOf, twoModes, type Noise } from './noises.ts';
import { recordedNoises } from './recorded-noise.ts';

/** A cell, and what its outcome must be; a fault is told as a sentence. */
export type Row = { readonly table: 'null' | 'power' | 'sabotage'; readonly cell: Cell; readonly faults: (outcome: Outcome) => string[] };

const beta = 0.03;
const [pairSd, d1] = [0.04, 0.05];

/** The share that may fail by chance where `rate` is promised: three standard deviations more. */
export function atMost(rate: number, gates: number): number {
  return rate + 3 * Math.sqrt(rate / gates);
}

/** Nothing has changed: false alarms, for the error rates of one gate and of a release's twentieth. */
function nullRows(): Row[] {
  const noises = [...noisesOf(pairSd), twoModes, ...recordedNoises('CPU'), ...recordedNoises('wall')];
  return [0.01, 0.0005].flatMap((alpha) => noises.map((noise): Row => ({
    table: 'null', cell: { what: 'no change', noise, settings: { d1, alpha, beta }, effect: 0 },
    faults: ({ fail, gates }) => (fail > atMost(alpha, gates) ? [`${percent(fail)} false alarms, ${percent(alpha)} are promised`] : []),
  })));
}

type Sized = {
  readonly name: string; readonly d1: number; readonly sd: number; readonly startSd?: number; readonly recorded?: readonly Noise[];
};

/** What must be caught by each kind of metric, with the noise that its pairs have on a machine that is fit. */
const sized: readonly Sized[] = [
  { name: 'CPU', d1, sd: pairSd, recorded: recordedNoises('CPU') },
  // On a busy machine times decide nothing, and are told as undecided.
  { name: 'wall of --version', d1: 0.1, sd: 0.08, recorded: recordedNoises('wall', 'quiet') },
  { name: 'memory', d1: 0.03, sd: 0.017, startSd: 0.02 },
];

/** A regression of the limit's size, and none: how often each is found, and after how many pairs. */
function powerRows(): Row[] {
  return sized.flatMap(({ name, d1: size, sd, startSd = 0.05, recorded = [] }) => [size, 0].flatMap((effect) => (
    [...noisesOf(sd), ...recorded].map((noise): Row => ({
      table: 'power',
      cell: { what: `${name}, ${percent(effect)} more`, noise, settings: { d1: size, alpha: 0.0005, beta, startSd }, effect },
      faults: (outcome) => (effect === 0 ? healthyFaults(outcome) : missedFaults(outcome)),
    }))
  )));
}

function healthyFaults({ pass, pairsMedian }: Outcome): string[] {
  return [
    ...(pass < 0.985 ? [`only ${percent(pass)} of what is healthy pass, 98.5 % must`] : []),
    ...(pairsMedian > 16 ? [`a healthy verdict takes ${pairsMedian} pairs, 16 are enough`] : []),
  ];
}

function missedFaults({ fail, pairsMedian }: Outcome): string[] {
  return [
    ...(fail < 0.95 ? [`only ${percent(fail)} of the regressions are caught, 95 % must be`] : []),
    ...(pairsMedian > 35 ? [`a regression takes ${pairsMedian} pairs, 35 are enough`] : []),
  ];
}

/** Without the coin whoever runs second is slower, and that must be seen as false alarms; with it they are gone. */
function sabotageRows(normal: Noise): Row[] {
  const cell: Cell = { what: '2 % more by the second run', noise: normal, settings: { d1, alpha: 0.01, beta }, effect: 0, second: 0.02 };
  return [
    {
      table: 'sabotage', cell: { ...cell, what: `${cell.what}, subject always second`, fixedOrder: true },
      faults: ({ fail }) => (fail <= 0.1 ? [`a fixed order has ${percent(fail)} false alarms: this simulation can't see the fault`] : []),
    },
    {
      table: 'sabotage', cell: { ...cell, what: `${cell.what}, by coin` },
      faults: ({ fail, gates }) => (fail > atMost(0.01, gates) ? [`${percent(fail)} false alarms in spite of the coin`] : []),
    },
  ];
}

/** Everything that is simulated gate by gate. */
export function allRows(): readonly Row[] {
  return [...nullRows(), ...powerRows(), ...noisesOf(pairSd).slice(0, 1).flatMap(sabotageRows)];
}

/** `97.4 %`. */
export function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}

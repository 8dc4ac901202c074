import { medianAbsoluteDeviation } from 'simple-statistics';
import { normal, randomOf, type Random } from './random.ts';

/** What two runs one after the other took, as logarithms, when they would have taken 0 without noise. */
export type TwoRuns = readonly [first: number, second: number];

/** A machine's noise: begun once for a gate, it gives one pair of runs after the other, as time goes on. */
export type Noise = { readonly name: string; readonly begin: (random: Random) => () => TwoRuns };

/** The noise of one run after the other, before it is brought to a size. */
type Runs = (random: Random) => () => number;

const slowerByRun = 0.1;
const rho = 0.8;
const wildly = { share: 0.05, times: 3 };

/** The noises that a decision has to bear: gate-procedure 7.3, of runs, not of pairs. */
const shapes: Readonly<Record<string, Runs>> = {
  normal: (random) => () => normal(random),
  Laplace: (random) => () => Math.sign(random() - 0.5) * Math.log(1 - random()),
  // Student's t of two degrees of freedom, which has no variance: a chi-squared number of two is -2 ln(1 - u).
  't of 2 degrees': (random) => () => normal(random) / Math.sqrt(-Math.log(1 - random())),
  'log-normal, skewed': (random) => () => Math.exp(normal(random)),
  'autocorrelated, 0.8': (random) => {
    let last = normal(random);
    return () => {
      last = rho * last + Math.sqrt(1 - rho ** 2) * normal(random);
      return last;
    };
  },
  'drift by a tenth of it a run': (random) => {
    let drift = 0;
    return () => {
      drift += slowerByRun;
      return drift + normal(random);
    };
  },
};

/** A worker that takes one of two ways at its start, by chance: half of the runs take a fifth longer. */
export const twoModes: Noise = {
  name: 'half of the runs a fifth longer', begin: pairs((random) => () => Math.log(random() < 0.5 ? 1.2 : 1) + 0.01 * normal(random), 1),
};

/** Every noise with this robust standard deviation of a pair's difference. */
export function noisesOf(sd: number): readonly Noise[] {
  return Object.entries(shapes).flatMap(([name, runs]): Noise[] => {
    const begin = pairs(runs, sd / robustSd(runs));
    const wild = { name: '5 % of the runs three times as long', begin: (random: Random) => withWildRuns(begin(random), random) };
    return name === 'normal' ? [{ name, begin }, wild] : [{ name, begin }];
  });
}

function pairs(runs: Runs, factor: number): Noise['begin'] {
  return (random) => {
    const next = runs(random);
    return () => [factor * next(), factor * next()];
  };
}

function withWildRuns(next: () => TwoRuns, random: Random): () => TwoRuns {
  const more = () => (random() < wildly.share ? Math.log(wildly.times) : 0);
  return () => {
    const [first, second] = next();
    return [first + more(), second + more()];
  };
}

/** Of a pair's difference, in the unit of the shape: the median absolute deviation times 1.4826. */
function robustSd(runs: Runs): number {
  const next = runs(randomOf('robust sd'));
  return 1.4826 * medianAbsoluteDeviation(Array.from({ length: 20_000 }, () => next() - next()));
}

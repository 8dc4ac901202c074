import { median, quantileSorted } from 'simple-statistics';
import { floorsOf, type Point } from './floors.ts';

/** How something grew with each execution, over the later half of them: the first half may fill caches and pools. */
export type Growth = {
  readonly perExecution: number;
  /** The 95 % interval of that: what its noise leaves open. */
  readonly low: number;
  readonly high: number;
  /** What it was held against: the limit, or where so few executions can't show that, the least that they can show. */
  readonly limit: number;
  readonly verdict: 'none' | 'grows' | 'unclear';
};

/** So many stretches of the later half must each begin higher than the one before: one step, or a sawtooth, is no leak. */
const stretches = 4;

/** How growth is judged. */
type Measure = {
  readonly limit: number;
  readonly noticeable: number;
  /** Whether garbage may wait in it for a collection that has not come yet. */
  readonly collected?: boolean;
  /** So large a share of the whole may come together before one comes; without it a part of `noticeable`. */
  readonly heapGrowth?: number;
};

/** Before the first part of the whole it warms up. */
const warmUp = 1 / 8;

/** Without a collection, more than garbage has come together where it is this share of the whole, or came with so many executions. */
const [garbageShare, collectedWithin] = [0.25, 1_500];

/**
 * Judges growth. `noticeable` is what must have come together before anything is said of it: a few descriptors, or a megabyte, come and go.
 * The slope is the median of the slopes between all pairs of points (Theil 1950), its interval that of Sen ("Estimates of the regression
 * coefficient based on Kendall's tau", JASA 63, 1968): neither minds a few points that lie elsewhere.
 */
export function growthOf(points: readonly Point[], { limit, noticeable: least, collected = false, heapGrowth = 0 }: Measure): Growth {
  const whole = points.at(-1)?.at ?? 0;
  const noticeable = Math.max(least, heapGrowth * (warmOf(points, whole)?.amount ?? 0));
  const later = points.filter(({ at }) => at >= whole / 2);
  const range = whole - (later[0]?.at ?? whole);
  if (later.length < stretches || range === 0) return { perExecution: 0, low: -Infinity, high: Infinity, limit, verdict: 'unclear' };
  const { middle, low, high } = slopeOf(later);
  const held = Math.max(limit, noticeable / range);
  const amounts = later.map(({ amount }) => amount);
  const isNoticeable = Math.max(...amounts) - Math.min(...amounts) > noticeable;
  const found = { perExecution: middle, low, high, limit: held };
  if (high <= held || !isNoticeable) return { ...found, verdict: 'none' };
  const floors = collected ? floorsOf(points, noticeable / 2) : [];
  const [first, last] = [floors[0], floors.at(-1)];
  if (first && last && first !== last) return floorGrowth(floors, first, last, { limit, noticeable });
  const grows = low > held && isSteady(later) && (!collected || exceedsGarbage(points, whole, last));
  return { ...found, verdict: grows ? 'grows' : 'unclear' };
}

/** From one collection to another: what lies between them is garbage. */
function floorGrowth(floors: readonly Point[], first: Point, last: Point, { limit, noticeable }: Measure): Growth {
  const range = last.at - first.at;
  const slopes = floors.slice(1).map((floor, index) => slope(floors[index] ?? first, floor));
  const perExecution = slope(first, last);
  const held = Math.max(limit, noticeable / range);
  const rises = floors.length > 2 && slopes.every((each) => each > 0);
  return {
    perExecution, low: Math.min(...slopes), high: Math.max(...slopes), limit: held,
    verdict: perExecution <= held ? 'none' : rises ? 'grows' : 'unclear',
  };
}

/** Whether more has come than may wait for the next collection; after one, beyond what was there before it. */
function exceedsGarbage(points: readonly Point[], whole: number, floor: Point | undefined): boolean {
  const warm = warmOf(points, whole);
  const [before, last] = [points.filter(({ at }) => at < (floor?.at ?? 0)), points.at(-1)];
  if (warm === undefined || last === undefined) return false;
  const most = Math.max(warm.amount, ...before.map(({ amount }) => amount));
  return last.amount - most > garbageShare * warm.amount || last.at - (floor ?? warm).at >= collectedWithin;
}

const warmOf = (points: readonly Point[], whole: number): Point | undefined => points.find(({ at }) => at >= whole * warmUp);

const slope = (from: Point, to: Point): number => (to.amount - from.amount) / (to.at - from.at);

function slopeOf(points: readonly Point[]) {
  const slopes = points.flatMap((from, index) => points.slice(index + 1).map((to) => slope(from, to)))
    .toSorted((a, b) => a - b);
  const count = points.length;
  const spread = 1.959964 * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const share = Math.min(1, spread / slopes.length) / 2;
  return { middle: median(slopes), low: quantileSorted(slopes, 0.5 - share), high: quantileSorted(slopes, 0.5 + share) };
}

/** Whether the least of every stretch lies higher than that of the one before: a garbage collection takes it down again. */
function isSteady(points: readonly Point[]): boolean {
  const floors = Array.from({ length: stretches }, (_, index) => {
    const [from, to] = [index, index + 1].map((part) => Math.round((part * points.length) / stretches));
    return Math.min(...points.slice(from, to).map(({ amount }) => amount));
  });
  return floors.every((floor, index) => index === 0 || floor > (floors[index - 1] ?? Infinity));
}

import { median } from 'simple-statistics';

/** What one execution took within a stretch, in milliseconds, and the share of the machine's cores that was busy then. */
export type Pace = { readonly ms: number; readonly cpuMs: number; readonly busy: number };

/** How the later executions went beside the earlier ones. */
export type Slowing = {
  readonly early: Pace;
  readonly late: Pace;
  /** `rising`: it may get slower, which more executions tell: what began slow shows it late. */
  readonly verdict: 'none' | 'rising' | 'slower' | 'unclear';
};

/** The first executions import, compile and fill caches. */
const warmUp = 1 / 8;
const parts = 4;

/** Slower than this, by more than that, is slower: less is the course of things. */
const [times, leastMs] = [1.6, 4];

/** From here on it may become that; in few looks noise hides that each part is slower. */
const risingTimes = 1.2;

/** Where more of the machine than this was busy, server and harness had to wait too, and nobody knows for whom an execution waited. */
const freeShare = 0.85;

/**
 * Whether an execution takes the longer the more there have been. `ms` must hold no wait of the worker for a CPU that others had. What got
 * slower in each part of the way got slower by itself: in CPU whatever else the machine does, in time only where that was free.
 */
export function slowingOf(paces: readonly Pace[]): Slowing {
  const warm = paces.slice(Math.ceil(paces.length * warmUp));
  const courses = Array.from({ length: parts }, (_, index) => {
    const [from, to] = [index, index + 1].map((part) => Math.round((part * warm.length) / parts));
    return middleOf(warm.slice(from, to));
  });
  const [early, late] = [courses[0] ?? nothing, courses.at(-1) ?? nothing];
  if (warm.length < parts) return { early, late, verdict: 'unclear' };
  const isMore = (key: 'ms' | 'cpuMs', least: number): boolean =>
    late[key] > least * early[key] && late[key] - early[key] > leastMs;
  const grows = (key: 'ms' | 'cpuMs'): boolean => isMore(key, times)
    && courses.every((course, index) => index === 0 || course[key] > (courses[index - 1] ?? nothing)[key]);
  const mayGrow = isMore('ms', risingTimes) || isMore('cpuMs', risingTimes);
  const inTime = grows('ms') ? (late.busy < freeShare ? 'slower' : 'unclear') : mayGrow ? 'rising' : 'none';
  return { early, late, verdict: grows('cpuMs') ? 'slower' : inTime };
}

const nothing: Pace = { ms: 0, cpuMs: 0, busy: 0 };

function middleOf(paces: readonly Pace[]): Pace {
  if (paces.length === 0) return nothing;
  const of = (key: keyof Pace): number => median(paces.map((pace) => pace[key]));
  return { ms: of('ms'), cpuMs: of('cpuMs'), busy: of('busy') };
}

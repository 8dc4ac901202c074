/** What something came to after so many executions. */
export type Point = { readonly at: number; readonly amount: number };

/** A fall gives back at least this share of what had come since the last one. */
const givenBack = 1 / 2;

/**
 * What was still held after each garbage collection, as far as one is seen: where an amount falls by at least `fall`, and by most of what
 * had come together since the time before. Between two of them it grows in a healthy worker too: CPython leaves cycles alone until a
 * quarter of what it keeps is new (Python developer's guide, "Garbage collector design").
 */
export function floorsOf(points: readonly Point[], fall: number): Point[] {
  const floors: Point[] = [];
  let [low, peak] = [points[0], points[0]];
  for (const point of points.slice(1)) {
    if (low === undefined || peak === undefined) break;
    const fallen = peak.amount - point.amount;
    if (fallen >= fall && fallen > givenBack * (peak.amount - low.amount)) {
      // It may be seen in two steps.
      if (low === floors.at(-1) && peak === low) floors.pop();
      floors.push(point);
      [low, peak] = [point, point];
    } else if (point.amount > peak.amount) {
      peak = point;
    }
  }
  return floors;
}

import { scaleLinear } from 'd3-scale';

/** What the numbers of a plot are. */
export type Unit = 'ms' | 's' | 'bytes';

/** An axis that begins at 0 and ends at a round number. */
export type Axis = {
  /** Where a value stands, in percent of the axis; values outside stand at its ends. */
  readonly percent: (value: number) => number;
  readonly ticks: readonly { readonly percent: number; readonly label: string }[];
};

/** An axis for values up to `maximum`, with about `wanted` ticks. */
export function axis(maximum: number, unit: Unit, wanted = 4): Axis {
  const scale = scaleLinear().domain([0, maximum > 0 ? maximum : 1]).range([0, 100]).clamp(true).nice(wanted);
  const [, end = 1] = scale.domain();
  const percent = (value: number) => Number(scale(value).toFixed(2));
  return { percent, ticks: scale.ticks(wanted).map((value) => ({ percent: percent(value), label: tickLabel(value, end, unit) })) };
}

/** A round number with the unit that fits the end of its axis: `1.5 s`, `200 MB`, `0`. */
function tickLabel(value: number, end: number, unit: Unit): string {
  if (value === 0) return '0';
  const [divisor, name] = unit === 'bytes' ? sizeUnit(end) : timeUnit(unit === 's' ? 1 : 1000, end);
  return `${Number((value / divisor).toPrecision(6))} ${name}`;
}

function sizeUnit(end: number): [number, string] {
  if (end >= 1e9) return [1e9, 'GB'];
  if (end >= 1e6) return [1e6, 'MB'];
  return end >= 1e3 ? [1e3, 'kB'] : [1, 'bytes'];
}

function timeUnit(perSecond: number, end: number): [number, string] {
  return end >= perSecond ? [perSecond, 's'] : [perSecond / 1000, 'ms'];
}

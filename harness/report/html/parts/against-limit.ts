import { formatValue } from '../../../model/format.ts';

/** A value beside its limit: `3.41 s, limit 3.00 s (+410 ms, +13.7 %)`. Without a limit the value alone. */
export function againstLimit(value: number, limit: number | undefined, unit: string | undefined): string {
  const shown = formatValue(value, unit);
  if (limit === undefined) return shown;
  const difference = value - limit;
  const percent = limit === 0 ? '' : `, ${signed(Number(((difference / limit) * 100).toFixed(1)), ' %')}`;
  const distance = `${difference < 0 ? '−' : '+'}${formatValue(Math.abs(difference), unit)}`;
  return `${shown}, limit ${formatValue(limit, unit)} (${distance}${percent})`;
}

function signed(value: number, unit: string): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value)}${unit}`;
}

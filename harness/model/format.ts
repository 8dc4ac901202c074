/** A duration in milliseconds, for people: `850 ms`, `1.72 s`, `43.5 s`, `3 min 20 s`. */
export function formatDuration(durationMs: number): string {
  if (Math.round(durationMs) < 1000) return `${trim(durationMs, durationMs < 10 ? 1 : 0)} ms`;
  const seconds = durationMs / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A size in bytes, for people. 1 MB = 1,000,000 bytes, as in the contract's budgets; the same for memory. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${trim(bytes, 0)} bytes`;
  if (bytes < 999_950) return `${trim(bytes / 1000, 1)} kB`;
  if (bytes < 999_950_000) return `${trim(bytes / 1_000_000, 1)} MB`;
  return `${trim(bytes / 1_000_000_000, 2)} GB`;
}

/** A number with its unit. `ms`, `s` and `bytes` are scaled for reading; any other unit is put behind the number as it is. */
export function formatValue(value: number, unit?: string): string {
  if (unit === 'ms') return formatDuration(value);
  if (unit === 's') return formatDuration(value * 1000);
  if (unit === 'bytes') return formatBytes(value);
  return unit === undefined ? trim(value, 2) : `${trim(value, 2)} ${unit}`;
}

/** `1 check`, `2 checks`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** At most `limit` ids with commas; the rest as "and n more". */
export function someIds(ids: readonly string[], limit: number): string {
  if (ids.length <= limit) return ids.join(', ');
  return `${ids.slice(0, limit).join(', ')} and ${ids.length - limit} more`;
}

function trim(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

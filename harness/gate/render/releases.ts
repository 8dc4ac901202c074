import type { Trend } from '../../model/gate.ts';

/** One release of a trend: its version, and a value for each of the trend's series; undefined where there is none. */
export type Release = { readonly label: string; readonly values: readonly (number | undefined)[] };

/** The releases of a metric in the order of time, this one last. Of several reports of one version the latest counts. */
export function releasesOf({ series }: Trend): Release[] {
  const points = series.flatMap((one) => one.points);
  const earlier = points.filter(({ current }) => !current).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const release = (label: string, of: (point: (typeof points)[number]) => boolean): Release => ({
    label, values: series.map((one) => one.points.findLast(of)?.value),
  });
  const now = points.findLast(({ current }) => current)?.version;
  return [
    ...[...new Set(earlier.map(({ version }) => version))].map(
      (version) => release(version, (point) => !point.current && point.version === version),
    ),
    ...(now === undefined ? [] : [release(`${now} (now)`, (point) => point.current)]),
  ];
}

import { formatValue } from '../../model/format.ts';
import type { AreaCounts, Gate, GatePlatform, GateWaiver, Trend } from '../../model/gate.ts';

/** Words in a state, which every rendering shows. */
type Mark = { readonly text: string; readonly state: GatePlatform['state'] };

/** What stands in a cell: words, a code such as a digest, or words in their states. */
export type Cell = string | { readonly code: string } | { readonly marks: readonly Mark[] };

/** A row by the titles of its columns; a rendering chooses among them. */
export type Row = Readonly<Record<string, Cell>>;

/** A platform's state in one word or two. */
const stateWords = {
  pass: 'pass', waived: 'pass with waivers', fail: 'fail', inconclusive: 'inconclusive', missing: 'no report',
} satisfies Record<GatePlatform['state'], string>;

/** `pass, emulated by Wine 10.0` */
const stateText = ({ state, emulatedBy }: GatePlatform): string => (
  emulatedBy === undefined ? stateWords[state] : `${stateWords[state]}, emulated by ${emulatedBy}`
);

/** The words of a cell alone. */
export function textOf(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  return 'code' in cell ? cell.code : cell.marks.map(({ text }) => text).join(', ');
}

/** Platforms by the areas that any of them has checks in, in the order of the suites. */
export function matrixOf({ platforms }: Gate) {
  const areas = [...new Set(platforms.flatMap((platform) => platform.areas.map(({ area }) => area)))];
  const rows = platforms.map((platform) => ({
    platform,
    verdict: { marks: [{ text: stateText(platform), state: platform.state }] },
    areas: areas.map((area) => areaCell(platform.areas.find((counts) => counts.area === area))),
  }));
  return { areas, rows };
}

/** What troubles an area of a platform, or how many checks passed. */
function areaCell(counts: AreaCounts | undefined): Cell {
  if (counts === undefined) return '–';
  const { passed, failed, neverRan, inconclusive, waived, notApplicable } = counts;
  const marks = [
    { text: `${failed} failed`, state: 'fail' as const, number: failed },
    { text: `${neverRan} never ran`, state: 'fail' as const, number: neverRan },
    { text: `${inconclusive} unjudged`, state: 'inconclusive' as const, number: inconclusive },
    { text: `${waived} waived`, state: 'waived' as const, number: waived },
  ].filter(({ number }) => number > 0);
  return marks.length > 0 ? { marks } : passed > 0 ? `${passed} passed` : `${notApplicable} not applicable`;
}

/** Size, start to ready and memory of a platform; `–` where its report has no such number. */
export function numberCells({ numbers: { sizeBytes, readyMs, memoryBytes } }: GatePlatform) {
  return { size: valueOrDash(sizeBytes, 'bytes'), ready: valueOrDash(readyMs, 'ms'), memory: valueOrDash(memoryBytes, 'bytes') };
}

/** What was verified on each platform that has a report. */
export function executableRows({ platforms }: Gate): Row[] {
  return platforms.flatMap((platform) => {
    const { id, subject, report } = platform;
    if (report === null) return [];
    return [{
      platform: id,
      version: subject?.version ?? '–',
      sha256: subject === null ? '–' : { code: subject.sha256 },
      ...numberCells(platform),
      commit: report.commit === undefined ? '–' : { code: report.commit.slice(0, 12) },
      'sha256 of report.json': { code: report.sha256 },
    }];
  });
}

/** What became of each waiver. */
export function waiverRows({ waivers }: Gate): Row[] {
  return waivers.map((waiver) => ({
    check: { code: checkOf(waiver) },
    state: waiver.state === 'used' ? { marks: [{ text: 'used', state: 'waived' }] } : waiver.state,
    'what it does': effectOf(waiver),
    reason: waiver.reason,
  }));
}

/** The same in a sentence. */
export function waiverSentence(waiver: GateWaiver): string {
  return `${checkOf(waiver)} ${effectOf(waiver)}: ${waiver.reason}`;
}

function checkOf({ id, platform }: GateWaiver): string {
  return platform === undefined ? id : `${platform}/${id}`;
}

function effectOf({ platform, until, state, excuses }: GateWaiver): string {
  const where = platform === undefined ? ` on ${excuses.join(', ')}` : '';
  return { used: `excused${where} until ${until}`, unused: `excuses nothing, until ${until}`, expired: `ended on ${until}` }[state];
}

/** The files about to be shipped, and whose report is about them. */
export function artifactRows({ artifacts }: Gate): Row[] {
  return artifacts.map(({ file, sha256, platforms }) => ({
    file: { code: file },
    sha256: sha256 === undefined ? 'could not be read' : { code: sha256 },
    'verified for': platforms.length === 0 ? { marks: [{ text: 'not verified', state: 'fail' }] } : platforms.join(', '),
  }));
}

/** One release of a trend: its version, and for each of the trend's series a value, undefined where there is none, with its words. */
export type TrendRelease = { readonly label: string; readonly values: readonly (number | undefined)[]; readonly texts: readonly string[] };

/** The releases of a metric in the order of time, this one last. Of several reports of one version the latest counts. */
export function releasesOf({ series, unit }: Trend): TrendRelease[] {
  const points = series.flatMap((one) => one.points);
  const earlier = points.filter(({ current }) => !current).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const now = points.findLast(({ current }) => current)?.version;
  const releases = [...new Set(earlier.map(({ version }) => version))].map((version) => ({ label: version, version, current: false }));
  return [...releases, ...(now === undefined ? [] : [{ label: `${now} (now)`, version: now, current: true }])].map((release) => {
    const isOf = (point: (typeof points)[number]) =>
      point.current === release.current && (release.current || point.version === release.version);
    const values = series.map((one) => one.points.findLast(isOf)?.value);
    return { label: release.label, values, texts: values.map((value) => valueOrDash(value, unit)) };
  });
}

function valueOrDash(value: number | undefined, unit: string): string {
  return value === undefined ? '–' : formatValue(value, unit);
}

import { glob } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { z } from 'zod';
import { sha256, whole, type Report } from '../../model/report.ts';
import { shown } from '../shown.ts';
import { keyFault } from './duplicate-keys.ts';
import { parseJson, problemOf } from './parse-report.ts';
import { reportLimitBytes, type Place } from './read-reports.ts';
import { isRefusal, readSmallFile } from './regular-file.ts';

/** What the last release said of itself on one platform. */
export type LastReport = {
  /** As the user would write it. */
  readonly file: string;
  readonly platform: string;
  /** Of what was released there; undefined where the report is about no executable. */
  readonly sha256: string | undefined;
  readonly contract: { readonly sha256: string; readonly worker: string } | undefined;
  /** What was loaded when it was ready, or all that it held; undefined where its report does not say. */
  readonly modules: NonNullable<Report['modules']> | undefined;
};

/** Where reports lie in the folder of a release: in it, in that of their platform, or in a folder of those. */
const places = ['report.json', '*/report.json', '*/*/report.json'];

/** Since this version of the schema a report says what is needed of it. */
const sinceVersion = 2;

/**
 * What is read of a last release's report. A report of an older frostgate, or a newer one, has other keys besides: an update of frostgate
 * must block nobody.
 */
const lastReport = z.object({
  schemaVersion: whole.min(sinceVersion),
  platform: z.object({ id: z.string() }),
  subject: z.object({ sha256Before: sha256, tree: z.object({ sha256 }).optional() }).nullable(),
  contract: z.object({ sha256, worker: z.string() }).nullable(),
  // Only told, and a later frostgate may write it otherwise.
  modules: z.object({ from: z.enum(['baseline', 'archive']), names: z.string(), omitted: whole.optional() }).optional().catch(undefined),
});

/** Reads the reports in the folder of a release; what cannot be read is a sentence without a full stop. */
export async function readLastReports(folder: string, { shownPath }: Pick<Place, 'shownPath'>): Promise<readonly (LastReport | string)[]> {
  const files: string[] = [];
  // Evidence is what a worker wrote, and may be called anything.
  for await (const file of glob(places, { cwd: folder })) if (!file.split(sep).includes('evidence')) files.push(file);
  const read: (LastReport | string)[] = [];
  for (const file of files.toSorted()) read.push(await readLastReport(join(folder, file), shown(shownPath(join(folder, file)))));
  return [...read, ...twice(read)];
}

async function readLastReport(path: string, file: string): Promise<LastReport | string> {
  const bytes = await readSmallFile(path, reportLimitBytes);
  if (isRefusal(bytes)) return `${file}: ${bytes.why}`;
  const json = parseJson(bytes);
  if ('why' in json) return `${file}: ${json.why}`;
  const parsed = lastReport.safeParse(json.value);
  const fault = keyFault(json.text) ?? (parsed.success ? undefined : `it is no report of schema version ${sinceVersion} or later ` +
    problemOf(parsed.error));
  if (fault !== undefined || !parsed.success) return `${file}: ${fault}`;
  const { platform: { id }, subject, contract, modules } = parsed.data;
  return { file, platform: id, sha256: subject?.tree?.sha256 ?? subject?.sha256Before, contract: contract ?? undefined, modules };
}

/** Of one worker's platform there is one report: of two nobody knows which one counts. */
function twice(read: readonly (LastReport | string)[]): string[] {
  const reports = read.filter((one) => typeof one !== 'string');
  const same = Map.groupBy(reports, ({ platform, contract }) => JSON.stringify([contract?.worker, platform]));
  return [...same.values()].flatMap(([first, second]) => (first === undefined || second === undefined ? [] : [
    `${first.file} and ${second.file} are both about ${shown(first.platform, 40)}`,
  ]));
}

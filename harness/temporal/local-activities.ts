import type { HistoryEvent } from './history.ts';

/** A local activity, which leaves a marker in the history of its workflow when it has come to its end. */
export type LocalRun = {
  readonly type: string;
  readonly attempts: number;
  readonly failure: NonNullable<HistoryEvent['markerRecordedEventAttributes']>['failure'] | undefined;
};

/** The local activities of a history. What SDKs write into the marker differs in case and name. */
export function localRuns(events: readonly HistoryEvent[]): LocalRun[] {
  return events.flatMap(({ markerRecordedEventAttributes: marker }) => {
    const data = marker?.details?.['data']?.payloads?.[0]?.data;
    if (!/local.?activity/i.test(marker?.markerName ?? '') || !data) return [];
    const told = parsed(Buffer.from(data).toString());
    const attempts = Number(told('attempt', 'Attempt') ?? 1);
    return [{ type: told('activity_type', 'activityType', 'ActivityType') ?? '', attempts, failure: marker?.failure ?? undefined }];
  });
}

/** Reads the first of some keys that is there as text. */
function parsed(text: string): (...keys: readonly string[]) => string | undefined {
  const read = (): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  };
  const values = new Map<string, unknown>(Object.entries(Object(read())));
  return (...keys) => {
    const value = keys.map((key) => values.get(key)).find((each) => each !== undefined);
    return value === undefined ? undefined : JSON.stringify(value).replace(/^"(.*)"$/, '$1');
  };
}

import type { Identity } from '../runtimes/identify.ts';
import { sdkOf } from '../temporal/history.ts';
import type { CheckContext } from './check-context.ts';
import { drivenOn } from './drive.ts';
import { launches } from './launches.ts';
import { workersOf } from './listed-workers.ts';

/** The SDKs whose words are known. */
export type SdkName = 'python' | 'go' | 'typescript' | 'java' | 'dotnet';

/** What SDKs call themselves in histories and heartbeats (temporal-python …), and the words for what an executable is made with. */
const marks: readonly (readonly [SdkName, RegExp])[] = [
  ['python', /python/i], ['typescript', /typescript|\bnode\b/i], ['dotnet', /dotnet|\.net\b/i], ['java', /java\b|kotlin|graalvm/i],
  ['go', /\bgo\b/i],
];

/** Runtimes that one SDK alone is frozen by; their words may hold names of the worker's own. */
const runtimes: Readonly<Record<string, SdkName>> = { pyinstaller: 'python', nuitka: 'python', go: 'go', node: 'typescript' };

/** Which SDK such a name is of; undefined for others. */
export function sdkNamed(text: string): SdkName | undefined {
  return marks.find(([, mark]) => mark.test(text))?.[0];
}

/** The same by the bytes of an executable: what made it. */
export function sdkOfBytes({ runtime = '', freezer = '' }: Pick<Identity, 'runtime' | 'freezer'>): SdkName | undefined {
  return runtimes[runtime] ?? sdkNamed(freezer);
}

/** The SDK of the worker: as it calls itself when it polls, else as histories that were driven so far say, its heartbeats, or its bytes. */
export async function workerSdk({ use, run }: Pick<CheckContext, 'use' | 'run'>): Promise<SdkName | undefined> {
  const { all, first } = await use(launches);
  const called = all.flatMap(({ way }) => way?.seen ?? []).find(({ sdk }) => sdk !== undefined)?.sdk;
  if (called !== undefined) return sdkNamed(called.name);
  const driven = first === undefined ? [] : await Promise.allSettled(drivenOn(first).values());
  // What calls an activity is a workflow of the harness's own.
  const own = driven.flatMap((each) => (each.status === 'fulfilled' && each.value.plan?.workflow !== undefined ? [each.value] : []));
  const told = own.map(({ events }) => sdkOf(events)).find((sdk) => sdk !== undefined);
  if (told !== undefined) return sdkNamed(told.name);
  const listed = await workersOf(all).catch(() => []);
  const heard = listed.map(({ sdkName }) => sdkNamed(sdkName)).find((sdk) => sdk !== undefined);
  return heard ?? sdkOfBytes(run.identity);
}

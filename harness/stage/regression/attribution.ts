import { importCost, type ImportCost } from '../../baselines/import-cost.ts';
import type { RegressionKey } from '../../judge/regression/limits.ts';
import { count } from '../../model/format.ts';
import type { FrozenBundle } from '../../runtimes/bundle.ts';
import { growthText } from '../../runtimes/pyinstaller/sizes/growth.ts';
import { newlyNamed, type NewlyNamed } from '../../runtimes/pyinstaller/sizes/newly-named.ts';
import type { CheckContext } from '../check-context.ts';
import { contentsOf } from '../frozen.ts';
import { fixture, type Scope } from '../scope.ts';
import { lastBundle } from './last-release.ts';

/** What an import makes worse. */
const ofStart: ReadonlySet<RegressionKey> = new Set(['cpuPercent', 'wallPercent', 'memoryPercent']);

/** Each is imported once from source, which takes its time. */
const mostImports = 5;

/** What of the executable may be why it is worse, as a sentence without a full stop; undefined where one of both cannot be listed. */
export async function attribution(key: RegressionKey, context: CheckContext): Promise<string | undefined> {
  if (key === 'stopPercent' || key === 'throughputPercent') return undefined;
  const both = await bothBundles(context);
  if (both === undefined) return undefined;
  const growth = growthText(both.now, both.last, key === 'diskPercent' ? 'extractedBytes' : 'storedBytes');
  const named = ofStart.has(key) ? await context.use(imports) : [];
  if (named.length === 0) return growth;
  return `${growth}; its code names now what it did not name then: ${named.map(importText).join(', ')}`;
}

type NamedImport = NewlyNamed & { readonly cost: ImportCost | undefined };

/** What the code names since, with what an import of it takes from the subject's source. */
const imports = fixture('new imports', async (scope): Promise<readonly NamedImport[]> => {
  const both = await bothBundles(scope);
  const named: NamedImport[] = [];
  for (const one of both === undefined ? [] : (await newlyNamed(both.now, both.last)).slice(0, mostImports)) {
    const { baseline } = scope.run;
    named.push({ ...one, cost: baseline && await importCost(baseline, one.package, scope.signal) });
  }
  return named.toSorted((a, b) => (b.cost?.modules ?? 0) - (a.cost?.modules ?? 0));
});

/** `openai (in costly_start; from source its import loads 779 modules and takes 0.82 s of CPU)`. */
function importText({ package: name, by, cost }: NamedImport): string {
  const told = cost && `from source its import loads ${count(cost.modules, 'module')} and takes ${cost.cpuSeconds.toFixed(2)} s of CPU`;
  return `${name} (${[`in ${by.join(', ')}`, ...(told === undefined ? [] : [told])].join('; ')})`;
}

type Both = { readonly now: FrozenBundle; readonly last: FrozenBundle };

/** The contents of both; what is damaged is told by itself. */
async function bothBundles(scope: Pick<Scope, 'run' | 'use'>): Promise<Both | undefined> {
  const [now, last] = (await Promise.allSettled([contentsOf(scope), scope.use(lastBundle)])).map(valueOf);
  return now === undefined || now.kind === 'opaque' || last === undefined || last.kind === 'opaque' ? undefined : { now, last };
}

const valueOf = <T>(ended: PromiseSettledResult<T>): T | undefined => (ended.status === 'fulfilled' ? ended.value : undefined);

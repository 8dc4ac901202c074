import { normalisedName } from '../../../baselines/lock.ts';
import type { InstalledDistribution } from '../../../baselines/survey/survey.ts';
import { extensionModule, looseModule } from '../roles.ts';

/** What is known of a distribution when owners are looked for. */
export type Owning = Pick<InstalledDistribution, 'name' | 'topLevel'>;

/** The name of the distribution that a module belongs to; the one whose part of the import names is the longest that fits. */
export function ownerOfModule(module: string, distributions: readonly Owning[]): string | undefined {
  const fitting = distributions.flatMap(({ name, topLevel }) =>
    topLevel.filter((top) => module === top || module.startsWith(`${top}.`)).map((top) => ({ name, length: top.length })));
  return fitting.toSorted((a, b) => b.length - a.length)[0]?.name;
}

/** The name of the distribution that a file of the bundle belongs to. Wheels keep libraries in `NAME.libs` beside their packages. */
export function ownerOfFile(file: string, distributions: readonly Owning[]): string | undefined {
  const [, libraries] = /^([^/]+)\.libs\//.exec(file) ?? [];
  if (libraries !== undefined) return distributions.find(({ name }) => normalisedName(name) === normalisedName(libraries))?.name;
  return ownerOfModule(extensionModule(file) ?? looseModule(file)?.name ?? file.replaceAll('/', '.'), distributions);
}

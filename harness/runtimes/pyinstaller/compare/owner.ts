import { normalisedName } from '../../../baselines/lock.ts';
import type { Survey } from '../../../baselines/survey/survey.ts';
import { extensionModule, looseModule } from '../roles.ts';

/** What is known of a distribution when owners are looked for. */
export type Owning = Pick<Survey['distributions'][number], 'name' | 'topLevel'>;

/** The name of the distribution that a module belongs to; the one whose part of the import names is the longest that fits. */
export function ownerOfModule(module: string, distributions: readonly Owning[]): string | undefined {
  return ownersIn(distributions)(module);
}

/** The same for many modules. */
export function ownersIn(distributions: readonly Owning[]): (module: string) => string | undefined {
  const owners = new Map(distributions.flatMap(({ name, topLevel }) => topLevel.map((top) => [top, name] as const)).toReversed());
  return (module) => {
    let part = module;
    while (part !== '' && !owners.has(part)) part = part.slice(0, Math.max(0, part.lastIndexOf('.')));
    return owners.get(part);
  };
}

/** The name of the distribution that a file of the bundle belongs to. Wheels keep libraries in `NAME.libs` beside their packages. */
export function ownerOfFile(file: string, distributions: readonly Owning[]): string | undefined {
  const [, libraries] = /^([^/]+)\.libs\//.exec(file) ?? [];
  if (libraries !== undefined) return distributions.find(({ name }) => normalisedName(name) === normalisedName(libraries))?.name;
  return ownerOfModule(extensionModule(file) ?? looseModule(file)?.name ?? file.replaceAll('/', '.'), distributions);
}

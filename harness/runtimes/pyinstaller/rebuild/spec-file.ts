import { existsSync, readdirSync } from 'node:fs';
import { basename, isAbsolute, join, normalize, sep } from 'node:path';
import { NotTried } from '../../../model/not-tried.ts';

/** Where a spec is looked for. */
export type SpecPlaces = {
  /** The project's folder. */
  readonly project: string;
  /** The executable; a spec of its name is taken to be the one that made it. */
  readonly binary: string;
  /** `source.spec` of the contract, relative to the project. */
  readonly named: string | undefined;
};

/**
 * The spec that builds the executable, relative to the project: the one with the executable's name, else the one that the contract
 * names, else the only one in the project's folder.
 * @throws {NotTried} when there is none, or several.
 */
export function findSpec({ project, binary, named }: SpecPlaces): string {
  const specs = readdirSync(project).filter((name) => name.endsWith('.spec') && !name.startsWith('.'));
  const ofThatName = `${basename(binary).replace(/\.exe$/i, '')}.spec`;
  if (specs.includes(ofThatName)) return ofThatName;
  if (named !== undefined) return checked(project, named);
  const [only, ...others] = specs;
  if (only === undefined) throw new NotTried(`there is no spec file in ${project}; name it as source.spec in the contract`);
  if (others.length > 0) throw new NotTried(`${specs.length} spec files lie in ${project} and none is called ${ofThatName}; name the ` +
    'right one as source.spec in the contract');
  return only;
}

function checked(project: string, named: string): string {
  const spec = normalize(named);
  if (isAbsolute(spec) || spec === '..' || spec.startsWith(`..${sep}`)) throw new NotTried(`source.spec of the contract, ${named}, ` +
    'does not lie in the project');
  if (!existsSync(join(project, spec))) throw new NotTried(`there is no ${named} in ${project}; correct source.spec in the contract`);
  return spec;
}

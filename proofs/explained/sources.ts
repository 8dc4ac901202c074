import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sabotage } from '../../harness/explained/pages.ts';
import { root } from '../support/command.ts';

/** Where a sabotage is made, as a path in the project's folder; undefined when it is nowhere any more. */
export function sourceOf({ variant, project }: Pick<Sabotage, 'variant' | 'project'>): string | undefined {
  return placesOf(variant, project).find(({ file, holds }) => {
    const path = join(root, file);
    return existsSync(path) && holds.test(readFileSync(path, 'utf8'));
  })?.file;
}

/** A file, and what of it makes the variant. */
type Place = { readonly file: string; readonly holds: RegExp };

function placesOf(variant: string, project: string): Place[] {
  const folder = `fixtures/${project === 'agent-runner' ? 'sabotaged' : project}`;
  const quoted = new RegExp(`["']${variant}["']`);
  return [
    { file: `${folder}/${variant}.spec`, holds: /./ },
    // Applied to the reference by the name of the file.
    ...['sabotages', 'oddities'].map((kind) => ({ file: `${folder}/${kind}/${variant.replaceAll('-', '_')}.py`, holds: /^def apply/m })),
    { file: `${folder}/sabotaged.spec`, holds: new RegExp(`(?:executable|bundle_variant)\\(\\s*"${variant}"`) },
    { file: `${folder}/sabotages.py`, holds: quoted },
    { file: `${folder}/surgery.py`, holds: new RegExp(`^def ${variant.replaceAll('-', '_')}\\(`, 'm') },
    { file: `${folder}/all.spec`, holds: quoted },
    // The entry scripts of releases that are worse.
    ...(project === 'regressions' ? [{ file: `${folder}/${variant.replaceAll('-', '_')}.py`, holds: /./ }] : []),
  ];
}

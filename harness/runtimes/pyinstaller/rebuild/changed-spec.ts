import { readFileSync } from 'node:fs';
import type { SpecChange } from '../hazards/edits.ts';

/** Begins the line that a build prints when the change itself cannot be made, for example because there is no such package. */
export const cannotBeMade = 'frostgate: the change cannot be made: ';

/** How the original is called in the copied project; a spec must lie in its own folder, from which its paths count. */
export const originalSpec = '.frostgate-original.spec';

/**
 * The text of a spec file that runs the original beside it with `change` made to every `Analysis(…)`, however the original calls it:
 * what PyInstaller's own `Analysis.__init__` is given is bound to its parameters and changed there. So the original stays as it is,
 * with its encoding, its `from __future__` lines and its line numbers. Files that the change needs are made in `ownFolder`.
 * Where the change is `written` in the original, it is only told what cannot be made, and what was built.
 *
 * Everything variable stands in JSON within a JSON string literal, all of whose escapes Python's literals have too.
 */
export function changedSpec(change: SpecChange, ownFolder: string, written = false): string {
  const program = readFileSync(new URL('./change_analysis.py', import.meta.url), 'utf8');
  const told = JSON.stringify(JSON.stringify({ edits: change, folder: ownFolder, refusal: cannotBeMade, written }));
  return `# Made by frostgate. Tries a change of Analysis(…) on a copy of the project; the original spec lies beside this file.
import json


${program}
_frostgate_apply(json.loads(${told.replaceAll(/[^ -~]/g, escaped)}))
with open(os.path.join(SPECPATH, ${JSON.stringify(originalSpec)}), "rb") as _frostgate_spec:
    _frostgate_code = compile(_frostgate_spec.read(), SPEC, "exec")
exec(_frostgate_code)
`;
}

/** In the inner JSON, which json.loads reads: outside ASCII nothing then depends on the encoding of the spec. */
function escaped(character: string): string {
  return `\\\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

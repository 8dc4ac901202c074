import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/command.ts';

const own = 'PATH=${PATH#"$(dirname "$0"):"}; exec';
const programs: Readonly<Record<string, string>> = {
  node: `exec "${process.execPath}" "$@"`,
  // A tag that it is told to make is made in the run's own repository, and nowhere else; one that exists is an error.
  gh: `[ -n "$GH_TOKEN" ]
    printf '%s\\n' "$*" >> "$FROSTGATE_WORLD/gh"
    for word; do case $word in ref=*) ref=\${word#ref=} ;; sha=*) sha=\${word#sha=} ;; esac; done
    case "$1 $2" in
      api\\ repos/*/git/refs) git -C "$FROSTGATE_ORIGIN" update-ref "$ref" "$sha" ${'0'.repeat(40)} ;;
      release\\ create) git -C "$FROSTGATE_ORIGIN" rev-parse --verify "refs/tags/$3" ;;
      *) exit 1 ;;
    esac`,
  // What is installed here is used; everything else is npm's own, and Poetry's.
  npm: `[ "$1" = ci ] || { ${own} npm "$@"; }
    if [ "$2" = --prefix ]; then cd "$3"; fi
    ln -s "${root}node_modules" node_modules`,
  pipx: 'exit 0',
  poetry: `case " $* " in *" install "*) exec ln -s "${root}$2/.venv" "$2/.venv" ;; esac
    ${own} poetry "$@"`,
};

/** Programs for the front of a runner's PATH, in place of those that must not act here or would fetch again what is there. */
export function writeStandIns(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/usr/bin/env bash\nset -euo pipefail\n${script}\n`, { mode: 0o755 });
  }
  return folder;
}

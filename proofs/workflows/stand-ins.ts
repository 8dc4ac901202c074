import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ours = (script: string): string => `exec "${process.execPath}" "${fileURLToPath(new URL(script, import.meta.url))}"`;

/**
 * Programs for the front of a runner's PATH, in place of those that must not act here or would only fetch again what is there:
 *
 * - `gh` records its words; a tag that it is told to make is made in the run's own repository, and nowhere else.
 * - `glab` and `cosign` likewise, for GitLab; `cosign` wants a predicate in JSON and a file that are there.
 * - `npm ci` links the packages that are installed here, without the development ones; everything else is npm's own.
 * - `pipx install` and `poetry … install` are recorded: the reference's environment is there. Other Poetry commands are Poetry's own.
 */
export function writeStandIns(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, lines: readonly string[]): void => {
    writeFileSync(join(folder, name), `${['#!/usr/bin/env bash', 'set -euo pipefail', ...lines].join('\n')}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const record = `record() { "${process.execPath}" -e 'console.log(JSON.stringify(process.argv.slice(1)))' -- "$@" >> ` +
    '"$FROSTGATE_WORLD/commands.ndjson"; }';
  const others = `PATH=\${PATH#"${folder}:"}`;
  write('node', [`exec "${process.execPath}" "$@"`]);
  write('gh', [record, 'record gh "$@"', `${ours('stand-in-gh.ts')} "$@"`]);
  write('glab', [record, 'record glab "$@"', '[ "$1 $2 $4" = "release create --ref" ]', 'git -C "$FROSTGATE_ORIGIN" update-ref ' +
    `"refs/tags/$3" "$5" ${'0'.repeat(40)}`]);
  write('cosign', [record, 'record cosign "$@"', '[ -f "$9" ]', `"${process.execPath}" -e ` +
    `'JSON.parse(fs.readFileSync(process.argv[1]))' "$6"`, 'echo "{}" > "$8"']);
  write('npm', [`if [ "\${1:-}" = ci ]; then ${ours('stand-in-npm-ci.ts')} "$@"; fi`, others, 'exec npm "$@"']);
  write('pipx', [record, 'record pipx "$@"']);
  write('poetry', [
    `case " $* " in *" install "*) ${record}; record poetry "$@"; exit ;; esac`,
    others,
    'if command -v poetry > /dev/null; then exec poetry "$@"; fi',
    'set -- "${XDG_CACHE_HOME:-$HOME/.cache}"/frostgate/poetry-*/bin/python -m poetry "$@"',
    'exec "$@"',
  ]);
  return folder;
}

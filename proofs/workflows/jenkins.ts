/** The shell scripts of a Jenkinsfile, stage by stage, as the shell gets them; Groovy's `\\` is one backslash. */
export function shellSteps(jenkinsfile: string): ReadonlyMap<string, readonly string[]> {
  const steps = new Map<string, string[]>();
  let stage = '';
  for (const match of jenkinsfile.matchAll(/stage\('([^']+)'\)|\bsh (?:'''(.*?)'''|'((?:[^'\\\n]|\\.)*)')/gs)) {
    const [, name, block, line] = match;
    if (name !== undefined) {
      stage = name;
      steps.set(stage, []);
      continue;
    }
    steps.get(stage)?.push(unindented((block ?? line ?? '').replaceAll('\\\\', '\\')));
  }
  return steps;
}

/** Without the first line that names the shell, its options, and the block's own indentation. */
function unindented(script: string): string {
  const lines = script.split('\n').filter((line) => !/^#!|^\s*set -euo pipefail$/.test(line));
  const indentation = /^ */.exec(lines.find((line) => line.trim() !== '') ?? '')?.[0].length ?? 0;
  return lines.map((line) => line.slice(indentation)).join('\n').trim();
}

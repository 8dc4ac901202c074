/**
 * The entries that a step has written to `$GITHUB_OUTPUT` or `$GITHUB_ENV`: `name=value` lines, or `name<<END`, lines, `END`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 * @throws {Error} for a line of another form, or an end that never comes.
 */
export function parseEntries(text: string): Record<string, string> {
  const entries: Record<string, string> = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name, form, rest = ''] = /^([^=<]+)(=|<<)(.*)$/s.exec(line) ?? [];
    if (line === '') continue;
    if (name === undefined) throw new Error(`expected name=value or name<<END, got: ${line}`);
    if (form === '=') {
      entries[name] = rest;
      continue;
    }
    const end = lines.indexOf(rest);
    if (end < 0) throw new Error(`the value of ${name} never ends: no line "${rest}"`);
    entries[name] = lines.splice(0, end + 1).slice(0, -1).join('\n');
  }
  return entries;
}

/** How many of each kind of annotation stand in a step's log; GitHub shows ten of a kind and drops the others without a word. */
export function countAnnotations(log: string): Record<'error' | 'warning' | 'notice', number> {
  const count = (kind: string) => [...log.matchAll(new RegExp(`^::${kind}(?: |::)`, 'gm'))].length;
  return { error: count('error'), warning: count('warning'), notice: count('notice') };
}

/** A row's id or title with its `<…>` filled in; what has no value stays as it is. */
export function filled(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/<([^>]*)>/g, (whole, name: string) => values[name] ?? whole);
}

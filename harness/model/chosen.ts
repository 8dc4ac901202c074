/** Whether `--only` leaves a check in: it names nothing, the check's area, or the check itself. */
export function isChosen(only: readonly string[], { id, area }: { readonly id: string; readonly area: string }): boolean {
  return only.length === 0 || only.includes(area) || only.includes(id);
}

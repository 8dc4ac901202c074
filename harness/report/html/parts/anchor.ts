/** The id of the element that tells about a check: letters, digits, `.`, `-` and `_` alone, whatever the check's id holds. */
export function checkAnchor(checkId: string): string {
  return `check-${checkId.slice(0, 100).replace(/[^A-Za-z0-9.-]/g, (character) => `_${character.charCodeAt(0).toString(16)}`)}`;
}

/** The id of the element that tells about a finding, by its place in the report. */
export function findingAnchor(index: number): string {
  return `finding-${index + 1}`;
}

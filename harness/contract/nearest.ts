/** Nobody misspells a word of this length. */
const longestCharacters = 100;

/** The known word that `typed` was probably meant to be; undefined when none is near (more than a third of it differs). */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  if (typed.length > longestCharacters) return undefined;
  const limit = Math.max(1, Math.floor(typed.length / 3));
  const [best] = known.map((word) => ({ word, distance: editDistance(typed.toLowerCase(), word.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= limit ? best.word : undefined;
}

/** Levenshtein distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

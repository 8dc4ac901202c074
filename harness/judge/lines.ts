const textLimit = 4_000_000;
const lineLimit = 10_000;
/** Longer than what any pattern spans, so that nothing is lost where a long line is divided. */
const overlap = 1000;

/** The lines of a text: of over 4 million characters both ends, and a line (a history) over 10,000 characters in pieces that overlap. */
export function boundedLines(text: string): string[] {
  const half = textLimit / 2;
  const kept = text.length <= textLimit ? text : `${text.slice(0, half)}\n${text.slice(-half)}`;
  return kept.split(/\r?\n/).flatMap(pieces);
}

function pieces(line: string): string[] {
  if (line.length <= lineLimit) return [line];
  const step = lineLimit - overlap;
  return Array.from(
    { length: Math.ceil((line.length - overlap) / step) }, (_, index) => line.slice(index * step, index * step + lineLimit),
  );
}

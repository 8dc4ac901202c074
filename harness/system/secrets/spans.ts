/** From `start` to before `end`, in bytes. */
export type Span = { readonly start: number; readonly end: number };

type Named = Span & { readonly name: string };

/** Says whether a span lies within one of these of the same name. */
export function coveredBy(spans: readonly Named[]): (span: Named) => boolean {
  const byName = Map.groupBy(spans, ({ name }) => name);
  const reaches = new Map([...byName].map(([name, of]) => {
    let furthest = 0;
    const inOrder = of.toSorted((a, b) => a.start - b.start);
    return [name, inOrder.map(({ start, end }) => ({ start, furthest: (furthest = Math.max(furthest, end)) }))] as const;
  }));
  return ({ name, start, end }) => {
    const of = reaches.get(name) ?? [];
    let [low, high] = [0, of.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((of[middle]?.start ?? Infinity) <= start) low = middle + 1;
      else high = middle;
    }
    return (of[low - 1]?.furthest ?? 0) >= end;
  };
}

/** The spans without those that lie within another one of the same name, in order. */
export function outermost<T extends Named>(spans: readonly T[]): T[] {
  const reached = new Map<string, number>();
  return spans.toSorted((a, b) => a.start - b.start || b.end - a.end).filter(({ name, end }) => {
    if (end <= (reached.get(name) ?? 0)) return false;
    reached.set(name, end);
    return true;
  });
}

/** Pieces of one text further apart than this are taken for a coincidence. */
export const nearBytes = 16_384;

/** The pieces of one text where at least `enough` different ones stand near each other. */
export function together(pieces: readonly (Span & { readonly piece: number })[], enough: number): Span[] {
  const inOrder = pieces.toSorted((a, b) => a.start - b.start);
  const counts = new Map<number, number>();
  const chosen = new Set<Span>();
  let [first, added] = [0, 0];
  for (const [last, { piece, start }] of inOrder.entries()) {
    counts.set(piece, (counts.get(piece) ?? 0) + 1);
    for (; start - (inOrder[first]?.start ?? start) > nearBytes; first += 1) {
      const left = inOrder[first]?.piece ?? -1;
      const count = (counts.get(left) ?? 0) - 1;
      if (count > 0) counts.set(left, count);
      else counts.delete(left);
    }
    if (counts.size < enough) continue;
    for (const span of inOrder.slice(Math.max(first, added), last + 1)) chosen.add(span);
    added = last + 1;
  }
  return [...chosen].map((span) => ({ start: span.start, end: span.end }));
}

/** Spans that touch or overlap as one, with the name of the first of them. */
export function merged(spans: readonly Named[]): Named[] {
  const all: Named[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const before = all.at(-1);
    if (before !== undefined && span.start <= before.end) all[all.length - 1] = { ...before, end: Math.max(before.end, span.end) };
    else all.push(span);
  }
  return all;
}

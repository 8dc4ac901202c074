import type { Shape } from '../observed.ts';

/** A handler that a workflow has while it runs. */
export type Handler = {
  readonly name: string; readonly input: readonly { readonly name: string; readonly shape: Shape }[]; readonly result: Shape;
};

/** What a function of the source takes and gives back, and what a workflow answers to while it runs. */
export type Signature = Handler & {
  readonly isWorkflow: boolean;
  /** An activity that tells that it goes on: it takes a while. */
  readonly beats: boolean;
  readonly signals: readonly Handler[]; readonly queries: readonly Handler[]; readonly updates: readonly Handler[];
};

export const any: Shape = { kind: 'any' };

/** The text up to the bracket that closes the one at `from`. */
export function untilClosed(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if ('([{'.includes(text[at] ?? '')) depth += 1;
    else if (')]}'.includes(text[at] ?? '')) depth -= 1;
    if (depth === 0) return text.slice(from + 1, at);
  }
  return '';
}

/** The parts of a text between separators that stand in no brackets, and hold more than blanks. */
export function parts(text: string, separators: string): string[] {
  const found: string[] = [''];
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if ('([{<'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign) || (sign === '>' && text[at - 1] !== '=')) depth -= 1;
    if (depth === 0 && separators.includes(sign)) found.push('');
    else found.push(`${found.pop() ?? ''}${sign}`);
  }
  return found.map((part) => part.trim()).filter((part) => part !== '');
}

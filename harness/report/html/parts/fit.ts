import type { Markup } from '../markup.ts';

/** The first blocks that fit, and how many are left out. */
type Fitting = { readonly shown: readonly Markup[]; readonly omitted: number };

/** As many blocks from the start as fit into `budgetBytes` of the page; the first one always does. */
export function fit(blocks: readonly Markup[], budgetBytes: number): Fitting {
  return fitEach(blocks, budgetBytes, (block) => block);
}

/** The same for items that are rendered one after the other, so that those that are left out cost nothing. */
export function fitEach<Item>(items: readonly Item[], budgetBytes: number, render: (item: Item, index: number) => Markup): Fitting {
  const shown: Markup[] = [];
  let total = 0;
  for (const [index, item] of items.entries()) {
    const block = render(item, index);
    total += Buffer.byteLength(String(block));
    if (index > 0 && total > budgetBytes) break;
    shown.push(block);
  }
  return { shown, omitted: items.length - shown.length };
}

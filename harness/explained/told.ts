import { z } from 'zod';
import { rowOf } from '../model/catalogue.ts';
import { readData } from '../model/data.ts';
import { groups } from './groups.ts';
import type { Page } from './pages.ts';

// What people write of a page, in a file for each group. `npm run schemas` makes pages.json of it, which is read in no time.

const told = z.strictObject({
  /** Of a check its row in model/checks.yaml says it, where this is left out. */
  title: z.string().exactOptional(), means: z.string(), seen: z.string(), repairs: z.string(), paste: z.string().exactOptional(),
});

/** The texts of all pages, in their order. @throws {z.ZodError} when a file says something else. */
export function readTold(): Omit<Page, 'beside' | 'shownBy'>[] {
  return groups.flatMap(({ kind, name }) => {
    const texts = readData(new URL(`${kind}s/${name.toLowerCase()}.yaml`, import.meta.url), z.record(z.string(), told));
    return Object.entries(texts).map(([id, text]) => ({ kind, id, entry: id, ...text, title: text.title ?? rowOf(id)?.title ?? '' }));
  });
}

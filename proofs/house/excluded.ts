import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../support/command.ts';

const profile = z.string().exactOptional();
const shape = z.strictObject({
  rows: z.array(z.strictObject({
    kind: z.string(), checks: z.array(z.string()).min(1), quick: profile, full: z.string(), soak: profile,
  })),
  never: z.array(z.string()),
});

/** What a green run of each profile has excluded, as the file beside the catalogue says it. @throws {z.ZodError} for another structure. */
export function readExcluded(): z.infer<typeof shape> {
  return shape.parse(parse(readFileSync(join(root, 'harness/model/excluded.yaml'), 'utf8')));
}

/** The README's table of it. */
export function excludedTable(): string {
  const { rows, never } = readExcluded();
  const cells = rows.map(({ kind, quick, full, soak }) => [kind, quick ?? 'the same', full, soak ?? 'the same']);
  return [
    '| a green run has excluded | `quick` | `full` | `soak` |', '|---|---|---|---|', ...cells.map((row) => `| ${row.join(' | ')} |`), '',
    `No profile has excluded: ${never.join('; ')}.`,
  ].join('\n');
}

/** The README with this table in the place of the one that it has. */
export function withTable(readme: string): string {
  return readme.replace(/(?<=\n)\| a green run has excluded [\s\S]*?\nNo profile has excluded: .*(?=\n)/, () => excludedTable());
}

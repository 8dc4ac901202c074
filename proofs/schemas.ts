import { readFile, writeFile } from 'node:fs/promises';
import { jsonSchemas } from '../harness/json-schemas.ts';
import { markdownOf } from '../harness/explained/markdown.ts';
import { pagesFile } from '../harness/explained/pages.ts';
import { examples, rendered } from './examples/rendered.ts';
import { pagesMade, pagesText } from './explained/pages.ts';
import { withTable } from './house/excluded.ts';

// npm run schemas: writes the published JSON Schemas, the README's table of what a green run has excluded, the pages of `explain`, as data
// and as Markdown, and what is made of the example reports. Unit tests fail when they are out of date.
for (const [file, schema] of Object.entries(jsonSchemas)) {
  await writeFile(new URL(`../harness/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
const readme = new URL('../README.md', import.meta.url);
await writeFile(readme, withTable(await readFile(readme, 'utf8')));
const pages = pagesMade();
await writeFile(pagesFile, pagesText(pages));
await writeFile(new URL('../harness/explained/CHECKS.md', import.meta.url), markdownOf('check', pages));
await writeFile(new URL('../harness/explained/HAZARDS.md', import.meta.url), markdownOf('hazard', pages));
for (const example of examples) for (const [file, text] of await rendered(example)) await writeFile(file, text);

import { namesOf } from './names.ts';
import { pagesOf } from './find.ts';
import { groups } from './groups.ts';
import type { Page } from './pages.ts';

const heads = {
  check: { title: 'Checks', beside: 'Hazards that were the cause', words: 'Every check of a report' },
  hazard: { title: 'Hazards', beside: 'Checks that it turned red', words: 'Every hazard that a finding can name' },
};

/** The pages of one kind as a Markdown document. */
export function markdownOf(kind: Page['kind'], all: readonly Page[]): string {
  const { title, words } = heads[kind];
  const own = groups.filter((group) => group.kind === kind);
  const sections = own.flatMap((group) => [`## ${group.name}: ${group.heading}`, ...pagesOf(group, all).map(pageMarkdown)]);
  const what = `${words}: what it means, how it is seen, what repairs it, and which executables of \`fixtures/\` show it.`;
  const how = '`npm run explain -- ID` (installed: `frostgate explain ID`) prints one of these pages. `npm run schemas` writes this file.';
  return `${[`# ${title}`, `${what} ${how}`, ...sections].join('\n\n')}\n`;
}

function pageMarkdown({ kind, id, title, means, seen, repairs, paste, beside, shownBy }: Page): string {
  return [
    `### \`${id}\``, `*${escaped(title)}*`, escaped(means), `**Seen:** ${escaped(seen)}`, `**Repairs:** ${escaped(repairs)}`,
    ...(paste === undefined ? [] : [`\`\`\`\n${paste.trimEnd()}\n\`\`\``]),
    ...(beside.length === 0 ? [] : [`**${heads[kind].beside}:** ${beside.map((each) => `\`${each}\``).join(', ')}`]),
    `**Shown by:** ${escaped(namesOf({ shownBy }))}`,
  ].join('\n\n');
}

/** Outside of code, marks that Markdown would take for its own. */
function escaped(text: string): string {
  return text.trimEnd().split(/(`[^`]*`)/).map((part, index) => (index % 2 === 1 ? part : part.replace(/[<*_[\]]/g, '\\$&'))).join('');
}

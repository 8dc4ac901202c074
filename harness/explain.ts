import { commands } from './cli/command.ts';
import { exitCode } from './cli/exit-codes.ts';
import { parseExplainOptions } from './cli/explain-options.ts';
import { helpOf } from './cli/help.ts';
import type { Invocation } from './cli/invocation.ts';
import { runCommand } from './cli/run-command.ts';
import { find, nearestId, pagesOf } from './explained/find.ts';
import { groups } from './explained/groups.ts';
import { listText, pageText } from './explained/page-text.ts';
import { readPages, type Page } from './explained/pages.ts';
import { UsageError } from './model/errors.ts';
import { jsonText } from './model/text.ts';

const widest = 110;

/** Prints what is known of one check or hazard, or the list of all. */
async function explain(started: Invocation): Promise<number> {
  const { help, json, id } = parseExplainOptions(started);
  if (help) {
    process.stdout.write(helpOf(commands.explain, started.words));
    return exitCode.pass;
  }
  const { isTTY, columns } = process.stdout;
  const look = { colour: isTTY && process.env['NO_COLOR'] === undefined, width: isTTY ? Math.min(columns, widest) : widest };
  const all = readPages();
  const listed = (heading: string, pages: readonly Page[]): string => listText(heading, pages, look);
  if (id === undefined) {
    const text = () => groups.map((group) => listed(`${group.name}: ${group.heading}`, pagesOf(group, all))).join('\n');
    process.stdout.write(json ? jsonText(all) : text());
    return exitCode.pass;
  }
  const found = find(id, all);
  if (found === undefined) {
    const meant = nearestId(id, all);
    const next = meant === undefined ? `${started.words.join(' ')} without an id lists all` : `did you mean ${meant}?`;
    throw new UsageError(`${id} is no check and no hazard; ${next}`);
  }
  if (json) process.stdout.write(jsonText('page' in found ? found.page : found.pages));
  else process.stdout.write('page' in found ? pageText(found.page, look) : listed(found.heading, found.pages));
  return exitCode.pass;
}

await runCommand(explain);

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gateRenderings } from '../../harness/gate/renderings.ts';
import { gateSchema } from '../../harness/model/gate.ts';
import { reportSchema } from '../../harness/model/report.ts';
import { jsonText } from '../../harness/model/text.ts';
import { renderings } from '../../harness/report/renderings.ts';
import { root } from '../support/command.ts';

/** The examples below fixtures/reports, of the platform that they were made on. */
export const examples = ['green', 'red'] as const;
export const examplePlatform = 'linux-amd64';

/** Where the files of an example lie. */
export function exampleFolder(example: (typeof examples)[number]): string {
  return join(root, 'fixtures/reports', example);
}

/**
 * What an example's report and decision, which a real run wrote, look like today: the text of every file by its path. What only the run
 * itself could give, its evidence, is not among them.
 */
export async function rendered(example: (typeof examples)[number]): Promise<ReadonlyMap<string, string>> {
  const [reportIn, gateIn] = [join(exampleFolder(example), examplePlatform), join(exampleFolder(example), 'gate')];
  const report = reportSchema.parse(JSON.parse(await readFile(join(reportIn, 'report.json'), 'utf8')));
  const gate = gateSchema.parse(JSON.parse(await readFile(join(gateIn, 'gate.json'), 'utf8')));
  const json = jsonText(report);
  const sha256 = createHash('sha256').update(json).digest('hex');
  const texts: [string, string | undefined][] = [
    [join(reportIn, 'report.json'), json],
    ...renderings.map(({ file, render }): [string, string | undefined] => [join(reportIn, file), render(report, sha256)]),
    ...gateRenderings.map(({ file, render }): [string, string | undefined] => [join(gateIn, file), render(gate)]),
  ];
  return new Map(texts.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

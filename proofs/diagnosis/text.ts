import type { Row } from './row.ts';

const yes = (is: boolean): string => (is ? 'yes' : '**no**');

function lineOf({ name, library = '–', hazard, question, faulty, right }: Row): string {
  const { inspect, red, cause, remedy, proof, sure, wrong } = faulty;
  const proved = question ? 'asked' : proof ?? sure ?? '**no**';
  const isSilent = right.inspect === 0 && right.verdict === 'pass' && right.said.length === 0;
  const cells = [name, library, hazard, inspect, yes(red), yes(cause), yes(remedy), proved, wrong.length === 0 ? '–' : `**${wrong.length}**`, yes(isSilent)];
  return `| ${cells.join(' | ')} |`;
}

/** The rows as a table of Markdown, and how many are as they should be. */
export function tableText(rows: readonly Row[]): string {
  const right = rows.filter(({ faulty }) => faulty.red && faulty.cause && faulty.remedy).length;
  const silent = rows.filter((row) => row.right.inspect === 0 && row.right.verdict === 'pass' && row.right.said.length === 0).length;
  const wrong = rows.reduce((sum, { faulty }) => sum + faulty.wrong.length, 0);
  const libraries = new Set(rows.flatMap(({ library }) => library ?? [])).size;
  return `# What is said of faults that people reported

\`npm run diagnosis-table\` makes this from real builds: each fault, and the build that repairs it, by \`inspect --baseline\` and by a
verification with \`--prove-remedy\`. *inspect*: it found that something is missing, or named what repairs it. *wrong*: remedies of other
causes that were not asked as questions and that nothing proved. *silent*: the right build passes and is told nothing.

${rows.length} faults, of ${libraries} libraries: cause and remedy right in ${right} (${Math.round((100 * right) / Math.max(1, rows.length))} %),
${silent} right builds silent, ${wrong} wrong remedies printed as if they were certain.

| fault | library | hazard | inspect | red | cause | remedy | proved | wrong | silent |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map(lineOf).join('\n')}
`;
}

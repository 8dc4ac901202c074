import type { Row } from './row.ts';

const yes = (is: boolean): string => (is ? 'yes' : '**no**');

/** Whether the right build passes and is told nothing. */
function isSilent({ right }: Row): boolean {
  return right.inspect === 0 && right.verdict !== 'fail' && right.said.length === 0;
}

function lineOf(row: Row): string {
  const { name, library = '–', hazard, question, faulty } = row;
  const { inspect, red, cause, remedy, proof, sure, wrong } = faulty;
  const proved = question ? 'asked' : proof ?? sure ?? '**no**';
  const many = wrong.length === 0 ? '–' : `**${wrong.length}**`;
  return `| ${[name, library, hazard, inspect, yes(red), yes(cause), yes(remedy), proved, many, yes(isSilent(row))].join(' | ')} |`;
}

/** The rows as a table of Markdown, and how many are as they should be. */
export function tableText(rows: readonly Row[]): string {
  const right = rows.filter(({ faulty }) => faulty.red && faulty.cause && faulty.remedy).length;
  const silent = rows.filter(isSilent).length;
  const wrong = rows.reduce((sum, { faulty }) => sum + faulty.wrong.length, 0);
  const share = Math.round((100 * right) / Math.max(1, rows.length));
  const libraries = new Set(rows.flatMap(({ library }) => library ?? [])).size;
  return `# What is said of faults that people reported

\`npm run diagnosis-table\` makes this from real builds: each fault, and the build that repairs it, by \`inspect --baseline\` and by
a verification with \`--prove-remedy\`. *inspect*: it found that something is missing, or named what repairs it. *wrong*: remedies of other
causes that were not asked as questions and that nothing proved. *silent*: the right build passes and is told nothing.

${rows.length} faults, of ${libraries} libraries: cause and remedy right in ${right} (${share} %),
${silent} right builds silent, ${wrong} wrong remedies printed as if they were certain.

| fault | library | hazard | inspect | red | cause | remedy | proved | wrong | silent |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map(lineOf).join('\n')}
`;
}

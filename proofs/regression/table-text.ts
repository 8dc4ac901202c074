import type { Simulated } from './simulate.ts';
import { percent } from './tables.ts';

const gateHead = ['what', 'noise', 'limit', 'alpha', 'FAIL', 'PASS', 'undecided', 'pairs: median', '95 %'];

/** The tables of a simulation as Markdown. */
export function markdownOf({ gates, seed, rows, releases, faults }: Simulated): string {
  const tables = Map.groupBy(rows, ({ row }) => row.table);
  return [
    '# The statistical decision, simulated', '',
    `${gates} gates in every row, seed \`${seed}\`: \`npm run gate-check -- --simulate --gates ${gates} --seed ${seed}\`.`,
    'Noise has a robust standard deviation of a pair of 4 % (CPU), 8 % (wall) and 1.7 % (memory), recorded noise the one that it has:',
    'of the CPU where a metric is one of CPU, of wall time where it is another time; memory and executions were not recorded.', '',
    ...Array.from(tables, ([name, of]) => [
      `## ${titles[name]}`, '',
      ...markdownTable(gateHead, of.map(({ row, outcome }) => [
        row.cell.what, row.cell.noise.name, percent(row.cell.settings.d1), String(row.cell.settings.alpha),
        percent(outcome.fail), percent(outcome.pass), percent(outcome.undecided), inPairs(outcome.pairsMedian), inPairs(outcome.pairs95),
      ])), '',
    ]).flat(),
    ...releases.flatMap(({ of, releases: all, metrics }) => [
      `## ${all.length} releases in which nothing has changed: ${of}`, '',
      `${metrics.length} metrics on ${(metrics[0]?.gates ?? 0) / all.length} platforms share an error rate of 1 %: ` +
        `${all.filter(({ fail }) => fail > 0).length} releases with a false alarm, ` +
        `${all.filter(({ inconclusive }) => inconclusive > 0).length} with a gate that can't tell.`, '',
      ...markdownTable(['metric', 'gates', 'FAIL', 'undecided', 'pairs: median', '95 %', 'intervals that miss'], metrics.map((one) => [
        one.metric, String(one.gates), percent(one.fail / one.gates), percent(one.inconclusive / one.gates), inPairs(one.pairsMedian),
        inPairs(one.pairs95), percent(one.missed / one.intervals),
      ])), '',
    ]),
    ...(faults.length === 0 ? ['All is as promised.'] : ['Not as promised:', '', ...faults.map((fault) => `* ${fault}`)]), '',
  ].join('\n');
}

const titles: Readonly<Record<Simulated['rows'][number]['row']['table'], string>> = {
  null: 'Nothing has changed', power: 'A regression of the size of the limit, and none', sabotage: 'What the coin is for',
};

/** Every row of it for machines, as comma-separated values. */
export function gatesCsv({ rows }: Simulated): string {
  const head = 'table,what,noise,limit,alpha,beta,effect,gates,fail,pass,undecided,pairsMedian,pairs95';
  return csv(head, rows.map(({ row: { table, cell: { what, noise, settings, effect } }, outcome }) => [
    table, what, noise.name, settings.d1, settings.alpha, settings.beta, effect,
    outcome.gates, outcome.fail, outcome.pass, outcome.undecided, outcome.pairsMedian, inPairs(outcome.pairs95),
  ]));
}

/** One line for every release. */
export function releasesCsv({ releases }: Simulated): string {
  return csv('noise,release,fail,undecided', releases.flatMap(({ of, releases: all }) => (
    all.map(({ fail, inconclusive }, index) => [of, index + 1, fail, inconclusive])
  )));
}

function csv(head: string, rows: readonly (readonly (string | number)[])[]): string {
  return `${[head, ...rows.map((row) => row.map(csvCell).join(','))].join('\n')}\n`;
}

function csvCell(value: string | number): string {
  return typeof value === 'string' && value.includes(',') ? `"${value}"` : String(value);
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
}

function inPairs(pairs: number): string {
  return String(Number(pairs.toFixed(1)));
}

import { median } from 'simple-statistics';
import type { RealGate } from './real.ts';

/** A line for every metric: how often it passed, failed and was not decided, and after how many pairs; and whether any was wrong. */
export function realText(gates: readonly RealGate[]): string {
  const all = gates.flatMap(({ decisions }) => decisions);
  const lines = Array.from(Map.groupBy(all, ({ metric }) => metric), ([metric, of]) => {
    const count = (wanted: string): number => of.filter(({ answer }) => answer === wanted).length;
    const pairs = of.map((one) => one.pairs);
    return `| ${metric} | ${of.length} | ${count('pass')} | ${count('fail')} | ${count('inconclusive')} | ${median(pairs)} | ` +
      `${Math.max(...pairs)} |`;
  });
  const wrong = gates.filter(({ decisions }) => decisions.some(({ answer }) => answer === 'fail')).length;
  const open = gates.filter(({ decisions }) => decisions.length === 0 || decisions.some(({ answer }) => answer === 'inconclusive')).length;
  const seconds = gates.map(({ tookSeconds }) => tookSeconds);
  const loads = gates.map(({ loadBefore }) => loadBefore);
  return [
    '| metric | gates | PASS | FAIL | undecided | pairs: median | most |', '| --- | --- | --- | --- | --- | --- | --- |', ...lines, '',
    `${gates.length} gates over an executable and its own copy: ${wrong} with a false alarm, ${open} in which something was not decided; ` +
      `${Math.round(median(seconds))} s each (median), load ${Math.min(...loads)} to ${Math.max(...loads)} before, ` +
      `${gates[0]?.cores ?? 0} cores.`,
  ].join('\n');
}

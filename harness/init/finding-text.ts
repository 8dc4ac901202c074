import type { Finding } from '../model/report.ts';

/** A cause and what repairs it, as init prints them; further lines stand under the first. */
export function findingText({ hazard, cause, remedy }: Pick<Finding, 'hazard' | 'cause' | 'remedy'>): string {
  return [['why', `${hazard}: ${cause}`], ['do', remedy]].map(([label = '', text = '']) => (
    `  ${label.padEnd(5)}${text.replaceAll('\n', '\n       ')}\n`)).join('');
}

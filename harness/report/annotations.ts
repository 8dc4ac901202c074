import { neverRan } from '../model/explain.ts';
import { count, someIds } from '../model/format.ts';
import type { CheckResult, Report } from '../model/report.ts';
import { oneLine, shorten } from '../model/text.ts';
import { casesOf, detailsOf, troubledGroups } from './cases.ts';
import { workflowCommands, type Command } from './workflow-commands.ts';

type Annotation = Omit<Command, 'properties'> & { readonly title: string; readonly check?: CheckResult };

/**
 * GitHub workflow commands, one a line: an error for each failed check, a warning for those that could not be judged (one for each
 * reason) and for those that never ran; most important first, at most nine, then how many more there are. Empty for a pass.
 * Format: GitHub's "Workflow commands for GitHub Actions".
 */
export function annotations(report: Report): string {
  const titled = (title: string) => shorten(oneLine(`${report.platform.id}: ${title}`), 200);
  const missing = neverRan(report);
  const all: Annotation[] = [
    ...casesOf(report).filter(({ kind }) => kind === 'verdict').map(({ outcome, reason }): Annotation =>
      ({ level: outcome === 'fail' ? 'error' : 'warning', title: outcome, message: reason })),
    ...report.warnings.map((message): Annotation => ({ level: 'warning', title: 'outside the executable', message })),
    ...troubledGroups(report).flatMap((group) => checkAnnotation(report, group)),
    ...(missing.length === 0 ? [] : [
      { level: 'warning', title: `${count(missing.length, 'check')} never ran`, message: `never ran: ${someIds(missing, 20)}` } as const,
    ]),
  ];
  return workflowCommands(all.map((one) => commandOf(one, titled(one.title))), titled('more'));
}

/** A missing server stops many checks for one reason, which is told once, at the place of the first. */
function checkAnnotation(report: Report, group: readonly CheckResult[]): Annotation[] {
  const ids = someIds(group.map(({ id }) => id), 5);
  return group.slice(0, 1).map((check) => ({
    level: check.outcome === 'fail' ? 'error' : 'warning',
    title: group.length === 1 ? check.title : `${count(group.length, 'check')} could not be judged`,
    message: [`${ids}: ${check.reason ?? check.title}`, ...detailsOf(report, check)].join('\n'),
    check,
  }));
}

function commandOf({ level, message, check }: Annotation, title: string): Command {
  const file = shorten(oneLine(check?.file ?? '').replaceAll('\\', '/'), 500);
  const line = check?.line ?? 0;
  const place = file === '' ? {} : { file, line: line > 0 ? String(line) : '' };
  const text = shorten(message, 1000);
  // The runner passes over a command without a message.
  return { level, properties: { ...place, title }, message: oneLine(text) === '' ? title : text };
}

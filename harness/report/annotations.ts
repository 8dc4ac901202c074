import { casesOf, type Case } from './cases.ts';
import { detailsOf } from './details.ts';
import { count, someIds } from '../model/format.ts';
import type { Report } from '../model/report.ts';
import { oneLine, shorten } from '../model/text.ts';
import { workflowCommands, type Command, type Level } from './workflow-commands.ts';

type Annotation = {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
};

const longestMessage = 1000;
const longestTitle = 200;
const longestPath = 500;

/**
 * GitHub workflow commands, one a line: an error for each failed check, a warning for those that could not be judged (one for each
 * reason) and for those that never ran; most important first, at most nine, then how many more there are. Empty for a pass.
 * Format: GitHub's "Workflow commands for GitHub Actions".
 */
export function annotations(report: Report): string {
  const title = titleOf(report);
  return workflowCommands(annotationsOf(report).map((annotation) => commandOf(annotation, title)), title('more'));
}

function annotationsOf(report: Report): Annotation[] {
  const cases = casesOf(report);
  const of = (kind: Case['kind'], outcome: Case['outcome']) => cases.filter((one) => one.kind === kind && one.outcome === outcome);
  const verdict = cases.filter(({ kind }) => kind === 'verdict').map(verdictAnnotation);
  const failed = of('check', 'fail').map((one) => checkAnnotation(report, [one], 'error'));
  const unjudged = [...Map.groupBy(of('check', 'inconclusive'), ({ check }) => check?.reason).values()];
  return [
    ...verdict,
    ...report.warnings.map((warning): Annotation => ({ level: 'warning', title: 'outside the executable', message: warning })),
    ...failed,
    ...unjudged.map((group) => checkAnnotation(report, group, 'warning')),
    ...missing(of('never ran', 'inconclusive')),
  ];
}

function verdictAnnotation({ outcome, reason }: Case): Annotation {
  return { level: outcome === 'fail' ? 'error' : 'warning', title: outcome, message: reason };
}

/** A missing server stops many checks for one reason, which is told once, at the place of the first. */
function checkAnnotation(report: Report, group: readonly Case[], level: Level): Annotation {
  const [check] = group.flatMap((one) => one.check ?? []);
  const lines = check === undefined ? [] : detailsOf(report, check);
  const ids = someIds(group.map(({ id }) => id), 5);
  return {
    level,
    title: group.length === 1 ? (check?.title ?? ids) : `${count(group.length, 'check')} could not be judged`,
    message: [`${ids}: ${group[0]?.reason ?? ''}`, ...lines].join('\n'),
    ...(check?.file !== undefined && { file: check.file }),
    ...(check?.line !== undefined && { line: check.line }),
  };
}

function missing(cases: readonly Case[]): Annotation[] {
  if (cases.length === 0) return [];
  return [{ level: 'warning', title: `${count(cases.length, 'check')} never ran`, message: 'never ran: ' +
    someIds(cases.map(({ id }) => id), 20) }];
}

function titleOf({ platform }: Report): (title: string) => string {
  return (title) => shorten(oneLine(`${platform.id}: ${title}`), longestTitle);
}

function commandOf({ level, title, message, file = '', line = 0 }: Annotation, titled: (title: string) => string): Command {
  const path = shorten(oneLine(file).replaceAll('\\', '/'), longestPath);
  const place = path === '' ? {} : { file: path, line: line > 0 ? String(line) : '' };
  const text = shorten(message, longestMessage);
  // The runner passes over a command without a message.
  return { level, properties: { ...place, title: titled(title) }, message: oneLine(text) === '' ? titled(title) : text };
}

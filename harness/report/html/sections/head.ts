import { reservations } from '../../../model/explain.ts';
import { formatBytes, formatDuration } from '../../../model/format.ts';
import type { Report } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { absentBaseline, nameOf, platformText, profileText, serverLine } from '../../identity.ts';
import { wallMs } from '../../timing.ts';
import { html, type Markup } from '../markup.ts';
import { definitions, lengths, verdictBanner, type Definition } from '../parts/parts.ts';
import { toDo } from './decision.ts';

/** The first screenful: verdict, what to do, and which bytes were verified where and against what. */
export function head(report: Report): Markup {
  const { verdict: { outcome, sentence }, subject } = report;
  const reserved = reservations(report).slice(0, 12).map((text) => shorten(text, 2 * lengths.line));
  return html`<h1>${shorten(nameOf(report), lengths.name)} <span class="muted">on ${shorten(platformText(report), lengths.name)}</span></h1>
${verdictBanner({ outcome, sentence: shorten(sentence, lengths.text) }, reserved)}
${toDo(report)}
<div class="identity">${definitions(subject === null ? [['Binary', 'none was verified']] : bytes(subject))}
<div class="columns">${definitions(subject === null ? [] : description(subject))}${definitions(circumstances(report))}</div></div>`;
}

type Subject = NonNullable<Report['subject']>;

function bytes({ file, sha256Before, sha256After = 'could not be read' }: Subject): Definition[] {
  return [
    ['Binary', short(file)],
    ['sha256', html`<code>${sha256Before}</code>`],
    ['After the run', sha256After !== sha256Before && html`<strong>changed: ${sha256After}</strong>`],
  ];
}

function description({ version = 'not told', sizeBytes, freezer = 'cannot be told' }: Subject): Definition[] {
  return [['Version', short(version)], ['Size', formatBytes(sizeBytes)], ['Frozen with', short(freezer)]];
}

function circumstances(report: Report): Definition[] {
  const { platform: { id, libc, commit }, server, baseline, tool } = report;
  const start = tool.startedAt.slice(0, 16).replace('T', ' ');
  return [
    ['Platform', short(libc === undefined ? id : `${id}, ${libc}`)],
    ['Server', short(serverLine(server))],
    ['Baseline', short(baseline === null ? absentBaseline(report) : `from source, Python ${baseline.pythonVersion}`)],
    ['Commit', commit !== undefined && html`<code>${shorten(commit, lengths.name)}</code>`],
    ['Verified', short(`${start} UTC in ${formatDuration(wallMs(report))}, ${profileText(report)}`)],
  ];
}

function short(text: string): string {
  return shorten(text, lengths.line);
}

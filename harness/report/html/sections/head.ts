import { reservations } from '../../../model/explain.ts';
import { formatBytes, formatDuration } from '../../../model/format.ts';
import { serverLine } from '../../identity.ts';
import type { Report } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { wallMs } from '../../timing.ts';
import { html, type Markup, type Part } from '../markup.ts';
import { definitions } from '../parts/definitions.ts';
import { verdictBanner } from '../parts/verdict-banner.ts';
import { lengths } from './section.ts';
import { toDo } from './to-do.ts';

type Fact = readonly [label: string, value: Part];

/** The first screenful: verdict, what to do, and which bytes were verified where and against what. */
export function head(report: Report): Markup {
  const { verdict, contract, subject, platform } = report;
  const name = contract?.worker ?? subject?.file ?? 'no executable';
  const reserved = reservations(report).slice(0, 12).map((text) => shorten(text, 2 * lengths.line));
  return html`<h1>${shorten(name, lengths.name)} <span class="muted">on ${shorten(platform.id, lengths.name)}</span></h1>
${verdictBanner({ outcome: verdict.outcome, sentence: shorten(verdict.sentence, lengths.text) }, reserved)}
${toDo(report)}
<div class="identity">${definitions(short(bytes(subject)))}
<div class="columns">${definitions(short(description(subject)))}${definitions(short(circumstances(report)))}</div></div>`;
}

/** Which bytes these are. */
function bytes(subject: Report['subject']): Fact[] {
  if (subject === null) return [['Binary', 'none was verified']];
  const { file, sha256Before, sha256After } = subject;
  return [
    ['Binary', file],
    ['sha256', html`<code>${sha256Before}</code>`],
    ...(sha256After === sha256Before ? [] : [
      ['After the run', html`<strong>changed: ${sha256After ?? 'could not be read'}</strong>`] as const,
    ]),
  ];
}

function description(subject: Report['subject']): Fact[] {
  if (subject === null) return [];
  return [
    ['Version', subject.version ?? 'not told'],
    ['Size', formatBytes(subject.sizeBytes)],
    ['Frozen with', subject.freezer ?? 'cannot be told'],
  ];
}

function circumstances(report: Report): Fact[] {
  const { platform, server, baseline, baselineAbsent, tool } = report;
  const start = tool.startedAt.slice(0, 16).replace('T', ' ');
  return [
    ['Platform', [platform.id, platform.libc].filter((part) => part !== undefined).join(', ')],
    ['Server', serverLine(server)],
    ['Baseline', baseline === null ? `none: ${baselineAbsent ?? 'no reason given'}` : `from source, Python ${baseline.pythonVersion}`],
    ...(platform.commit === undefined ? [] : [['Commit', html`<code>${shorten(platform.commit, lengths.name)}</code>`] as const]),
    ['Verified', `${start} UTC in ${formatDuration(wallMs(report))}, profile ${tool.profile}`],
  ];
}

function short(rows: readonly Fact[]): Fact[] {
  return rows.map(([label, value]) => [label, typeof value === 'string' ? shorten(value, lengths.line) : value]);
}

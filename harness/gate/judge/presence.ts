import type { Release } from '../release.ts';
import type { Block } from '../../model/gate.ts';
import type { Unread } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { block, listed } from './block.ts';

/** Whether each required platform has one report, and no other platform has any. */
export function presenceBlocks({ required, reports: { read, unread } }: Release): Block[] {
  const byPlatform = Map.groupBy(read, ({ report }) => report.platform.id);
  const absent = required.filter((id) => !byPlatform.has(id));
  const broken = unread.filter(({ kind }) => kind !== 'missing');
  // What is there but cannot be read may be what is missing; reports lie in folders that are named for their platform.
  const named = absent.filter((id) => broken.some(({ file }) => file.split(/[\\/]/).includes(id)));
  const perhaps = absent.length - named.length <= broken.length - named.length;
  const absence = (id: string) =>
    perhaps || named.includes(id)
      ? block('unreadable', 'it is required, and none of the reports that can be read is about it. Verify again.', id)
      : block('missing', 'it is required and has no report. Verify on such a machine and hand its report to the gate.', id);
  const extra = [...byPlatform].filter(([id]) => !required.includes(id));
  const doubled = [...byPlatform].filter(([, same]) => same.length > 1);
  return [
    ...unread.map((one) => block(one.kind, unreadSentence(one))),
    ...absent.map(absence),
    ...doubled.map(([id, same]) => block('duplicate', `it has ${same.length} reports ` +
      `(${listed(same.slice(0, 4).map(({ file }) => file))}). Hand over one: that of the executable to be released.`, id)),
    ...extra.map(([id, same]) => block('not-required', `it has a report (${same[0]?.file}) and is not required. What is handed over ` +
      `counts: add ${shown(id, 40)} to --require, or leave the report out.`, id)),
  ];
}

function unreadSentence({ kind, file, why }: Unread): string {
  if (kind === 'missing') return `${file} leads to no report: ${why}. Name the report.json that the verification has written, or its ` +
    'folder.';
  if (kind === 'other-schema') return `${file} cannot be judged: ${why}. Verify the executable again with this version of frostgate.`;
  return `${file} cannot be read: ${why}. Verify again, or hand over the report as it was written.`;
}

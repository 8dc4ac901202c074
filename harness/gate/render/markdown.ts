import { code, plain, section, table } from '../../report/markdown-escape.ts';
import type { Gate, GatePlatform } from '../../model/gate.ts';
import { decisionRows, decisionsLegend, decisionsTitle } from './decision-rows.ts';
import { artifactRows, executableRows, matrixOf, releasesOf, textOf, waiverRows, type Cell, type Row } from './rows.ts';

/**
 * The decision for people: verdict, why it is blocked, the matrix, waivers, identity, trend. `links`: the platforms' reports lie where
 * links lead to. Lists and tables take at most `budgetBytes` together; what is most important is kept.
 */
export function gateMarkdown(gate: Gate, { links, budgetBytes }: { readonly links: boolean; readonly budgetBytes: number }): string {
  const share = (part: number) => budgetBytes * part;
  const { outcome, sentence } = gate.verdict;
  const used = gate.waivers.filter(({ state }) => state === 'used');
  const executables = rowsTable(executableRows(gate), share(0.1));
  const about = gate.contracts.map(({ file, sha256 }) => `\n\nContract ${code(file)}, sha256 ${code(sha256)}.`).join('');
  const parts = [
    `# Release gate: ${plain(gate.worker ?? 'no worker')}`,
    `**${outcome.toUpperCase()}** ${plain(sentence)}`,
    ...(used.length > 0 ? [`> **Note** ${used.length === 1 ? 'A waiver excuses a check' : `${used.length} waivers excuse checks`} that ` +
      'did not pass; see below.'] : []),
    section('##', 'Why it is blocked', list(gate.blocks.map(({ kind, sentence: why }) => `${code(kind)} ${plain(why)}`), share(0.36))),
    section('##', 'Platforms', matrix(gate, links, share(0.15))),
    section('##', decisionsTitle, decisions(gate, share(0.05))),
    section('##', 'Waivers', rowsTable(waiverRows(gate), share(0.1))),
    section('##', 'Executables', executables === '' ? '' : `${executables}${about}`),
    section('##', 'Artifacts', rowsTable(artifactRows(gate), share(0.05))),
    section('##', 'Trend', trendTables(gate, share(0.1))),
    section('##', 'Remarks', list(gate.warnings.map(plain), share(0.08))),
    section('##', 'What was not checked', list(gate.notChecked.map(plain), Infinity)),
    `Decided by frostgate ${plain(gate.tool.version)} at ${plain(gate.decidedAt)}.`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** What was decided beside the last release, metric by metric. */
function decisions(gate: Gate, budgetBytes: number): string {
  const { platforms, rows, omitted } = decisionRows(gate);
  const lines = rows.map(({ metric, cells }) => [plain(metric), ...cells.map((one) => {
    if (one === undefined) return '–';
    const answer = one.state === 'pass' ? plain(one.answer) : `**${plain(one.answer)}**`;
    return `${answer} ${one.effect}, ${one.limit}`;
  })]);
  if (lines.length === 0) return '';
  const more = omitted === 0 ? '' : `\n\nAnd ${omitted} more platforms, which gate.json holds.`;
  return `${decisionsLegend}\n\n${fittingTable(['metric', ...platforms.map(plain)], lines, budgetBytes)}${more}`;
}

/** How the key numbers moved, a table a metric; the last row is this release. */
export function trendTables({ trend }: Gate, budgetBytes: number): string {
  const tables = trend.filter(({ series }) => series.length > 0).map((metric) => {
    const rows = releasesOf(metric).map(({ label, texts }) => [plain(label), ...texts]);
    const header = ['release', ...metric.series.map(({ platform }) => plain(platform))];
    return `### ${metric.title}\n\n${fittingTable(header, rows, budgetBytes / trend.length)}`;
  });
  return tables.length === 0 ? '' : `Shown, never judged: other days and other machines are no baseline.\n\n${tables.join('\n\n')}`;
}

/** The first lines that fit into the bytes, and how many are left out; the first line always stands. */
function fitting(lines: readonly string[], budgetBytes: number): string {
  let bytes = 0;
  const end = lines.findIndex((line, index) => {
    bytes += Buffer.byteLength(line) + 1;
    return index > 0 && bytes > budgetBytes;
  });
  if (end === -1) return lines.join('\n');
  return `${lines.slice(0, end).join('\n')}\n\nAnd ${lines.length - end} more, which gate.json holds.`;
}

function list(items: readonly string[], budgetBytes: number): string {
  return fitting(items.map((item) => `- ${item}`), budgetBytes);
}

/** A table whose last rows are left out where they do not fit. */
function fittingTable(header: readonly string[], rows: readonly (readonly string[])[], budgetBytes: number): string {
  if (rows.length === 0) return '';
  return `${table(header, [])}\n${fitting(rows.map((cells) => `| ${cells.join(' | ')} |`), budgetBytes)}`;
}

function rowsTable(rows: readonly Row[], budgetBytes: number): string {
  return fittingTable(Object.keys(rows[0] ?? {}), rows.map((row) => Object.values(row).map(cell)), budgetBytes);
}

function cell(value: Cell): string {
  if (typeof value === 'string') return plain(value);
  if ('code' in value) return code(value.code);
  return value.marks.every(({ state }) => state === 'pass') ? textOf(value) : `**${textOf(value)}**`;
}

function matrix(gate: Gate, links: boolean, budgetBytes: number): string {
  const { areas, rows } = matrixOf(gate);
  const lines = rows.map(({ platform, verdict, areas: cells }) => [platformName(platform, links), ...[verdict, ...cells].map(cell)]);
  return fittingTable(['platform', 'verdict', ...areas], lines, budgetBytes);
}

function platformName({ id, required, report }: GatePlatform, links: boolean): string {
  // encodeURIComponent leaves parentheses, which Markdown would take for the end of the link.
  const target = links && report?.markdown?.replaceAll('(', '%28').replaceAll(')', '%29');
  const name = target ? `[${plain(id)}](${target})` : plain(id);
  return required ? name : `${name} (not required)`;
}

import { code, plain, section, table } from '../../report/markdown-escape.ts';
import type { Gate, GatePlatform } from '../../model/gate.ts';
import { fitting } from './fitting.ts';
import { areasOf, cellText, numberTexts, stateWords, waiverTexts } from './words.ts';
import { trendTables } from './trend-tables.ts';

/** What the reader of the Markdown can do. */
export type MarkdownOptions = {
  /** Whether the platforms' reports lie where the links lead to. */
  readonly links: boolean;
  /** How many bytes the lists and tables may take together; what is most important is kept. */
  readonly budgetBytes: number;
};

/** The decision for people: verdict, why it is blocked, the matrix, waivers, identity, trend. */
export function gateMarkdown(gate: Gate, { links, budgetBytes }: MarkdownOptions): string {
  const share = (part: number) => budgetBytes * part;
  const { outcome, sentence } = gate.verdict;
  const used = gate.waivers.filter(({ state }) => state === 'used');
  const parts = [
    `# Release gate: ${plain(gate.worker ?? 'no worker')}`,
    `**${outcome.toUpperCase()}** ${plain(sentence)}`,
    ...(used.length > 0 ? [`> **Note** ${used.length === 1 ? 'A waiver excuses a check' : `${used.length} waivers excuse checks`} that ` +
      'did not pass; see below.'] : []),
    section(
      '##', 'Why it is blocked', fitting(gate.blocks.map(({ kind, sentence: text }) => `- ${code(kind)} ${plain(text)}`), share(0.4)),
    ),
    section('##', 'Platforms', matrix(gate, links, share(0.15))),
    section('##', 'Waivers', waivers(gate, share(0.1))),
    section('##', 'Executables', identity(gate, share(0.1))),
    section('##', 'Artifacts', artifacts(gate, share(0.05))),
    section('##', 'Trend', trendTables(gate, share(0.1))),
    section('##', 'Remarks', fitting(gate.warnings.map((text) => `- ${plain(text)}`), share(0.08))),
    section('##', 'What was not checked', gate.notChecked.map((text) => `- ${plain(text)}`).join('\n')),
    `Decided by frostgate ${plain(gate.tool.version)} at ${plain(gate.decidedAt)}.`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** A table whose last rows are left out where they do not fit. */
function fittingTable(header: readonly string[], rows: readonly (readonly string[])[], budgetBytes: number): string {
  if (rows.length === 0) return '';
  const lines = rows.map((cells) => `| ${cells.join(' | ')} |`);
  return `${table(header, [])}\n${fitting(lines, budgetBytes)}`;
}

function matrix(gate: Gate, links: boolean, budgetBytes: number): string {
  const areas = areasOf(gate);
  const rows = gate.platforms.map((platform) => [
    platformName(platform, links),
    platform.state === 'pass' ? 'pass' : `**${stateWords[platform.state]}**`,
    ...areas.map((area) => {
      const counts = platform.areas.find((found) => found.area === area);
      if (counts === undefined) return '–';
      return counts.state === 'pass' ? cellText(counts) : `**${cellText(counts)}**`;
    }),
  ]);
  return fittingTable(['platform', 'verdict', ...areas], rows, budgetBytes);
}

function platformName({ id, required, report }: GatePlatform, links: boolean): string {
  const name = links && report?.markdown !== undefined
    ? `[${plain(id)}](${report.markdown.replace(/[()]/g, encodeParenthesis)})`
    : plain(id);
  return required ? name : `${name} (not required)`;
}

/** What encodeURIComponent leaves and Markdown would take for the end of the link. */
function encodeParenthesis(character: string): string {
  return character === '(' ? '%28' : '%29';
}

function waivers(gate: Gate, budgetBytes: number): string {
  const rows = gate.waivers.map((waiver) => {
    const { about, state } = waiverTexts(waiver);
    return [code(about), waiver.state === 'used' ? '**used**' : waiver.state, plain(state), plain(waiver.reason)];
  });
  return fittingTable(['check', 'state', 'what it does', 'reason'], rows, budgetBytes);
}

function identity(gate: Gate, budgetBytes: number): string {
  const rows = gate.platforms.filter(({ report }) => report !== null).map(({ id, subject, numbers, report }) => {
    const { size, ready, memory } = numberTexts(numbers);
    return [
      plain(id), plain(subject?.version ?? '–'), subject === null ? '–' : code(subject.sha256), size, ready, memory,
      report?.commit === undefined ? '–' : code(report.commit.slice(0, 12)), code(report?.sha256 ?? '–'),
    ];
  });
  const contract = gate.contract === null ? '' : `\n\nContract ${code(gate.contract.file)}, sha256 ${code(gate.contract.sha256)}.`;
  const body = fittingTable(
    ['platform', 'version', 'sha256', 'size', 'ready', 'memory', 'commit', 'sha256 of report.json'], rows, budgetBytes,
  );
  return body === '' ? '' : `${body}${contract}`;
}

function artifacts(gate: Gate, budgetBytes: number): string {
  const rows = gate.artifacts.map(
    ({ file, sha256, platforms }) => [
      code(file), sha256 === undefined ? 'could not be read' : code(sha256),
      platforms.length === 0 ? '**not verified**' : plain(platforms.join(', ')),
    ],
  );
  return fittingTable(['file', 'sha256', 'verified for'], rows, budgetBytes);
}

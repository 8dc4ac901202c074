import { styleText } from 'node:util';
import type { Gate, GatePlatform } from '../../model/gate.ts';
import { padded, widest, wrapped } from '../../model/width.ts';
import { areasOf, cellText, numberTexts, stateWords, waiverTexts } from './words.ts';

/** How the decision is to look. */
export type GateTerminalOptions = {
  readonly colour: boolean;
  /** Columns; text is wrapped, single words (paths) are not broken. */
  readonly width: number;
  /** Path of the gate's Markdown as the user can open it; left out when nothing was written. */
  readonly file?: string;
};

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const indent = 2;

const colours = {
  pass: 'green', waived: 'yellow', fail: 'red', inconclusive: 'yellow', missing: 'red',
} as const satisfies Record<GatePlatform['state'], Style>;

/** What a release manager reads at the end: the matrix, why it is blocked, the waivers, and the verdict last. */
export function gateTerminal(gate: Gate, options: GateTerminalOptions): string {
  const paint: Paint = options.colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  const about = [gate.worker ?? 'no worker', ...(gate.commit === null ? [] : [`commit ${gate.commit.slice(0, 12)}`])].join('   ');
  const word = gate.verdict.outcome.toUpperCase();
  const column = 3 + Math.max(8, word.length, ...gate.blocks.map(({ kind }) => kind.length));
  const parts = [
    `frostgate ${gate.tool.version}   release gate   ${about}`,
    matrix(gate, paint),
    gate.blocks.map(
      ({ kind, severity, sentence }) => labelled(kind, sentence, column, options, paint(severity === 'wrong' ? 'red' : 'yellow', kind)),
    ).join('\n'),
    gate.waivers.map((waiver) => labelled('waiver', `${waiverTexts(waiver).about} ${waiverTexts(waiver).state}: ` +
      waiver.reason, column, options, paint('yellow', 'waiver'))).join('\n'),
    [
      ...gate.warnings, ...gate.notChecked.map((text) => `Not checked: ${text}`),
    ].map((text) => labelled('note', text, column, options)).join('\n'),
    [
      labelled(word, gate.verdict.sentence, column, options, paint([colours[gate.verdict.outcome], 'bold'], word)),
      ...(options.file === undefined ? [] : [labelled('decision', options.file, column, options)]),
    ].join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Areas in rows and platforms in columns: five platforms are narrower than twelve areas. */
function matrix(gate: Gate, paint: Paint): string {
  const columns = gate.platforms;
  const rows = [
    { head: '', cells: columns.map(({ id, required }) => ({ text: required ? id : `${id} (not required)`, state: 'pass' as const })) },
    ...areasOf(gate).map((area) => ({
      head: area,
      cells: columns.map((platform) => {
        const counts = platform.areas.find((found) => found.area === area);
        return { text: counts === undefined ? '–' : cellText(counts), state: counts?.state ?? ('pass' as const) };
      }),
    })),
    ...(['size', 'ready', 'memory'] as const).map(
      (head) => ({ head, cells: columns.map(({ numbers }) => ({ text: numberTexts(numbers)[head], state: 'pass' as const })) }),
    ),
    { head: 'verdict', cells: columns.map(({ state }) => ({ text: stateWords[state], state })) },
  ];
  const headWidth = Math.max(...rows.map(({ head }) => head.length));
  const widths = columns.map((_, index) => widest(rows.map(({ cells }) => cells[index]?.text ?? '')));
  const line = ({ head, cells }: (typeof rows)[number]) => {
    const texts = cells.map(({ text, state }, index) => {
      const painted = state === 'pass' && head !== 'verdict' ? text : paint(colours[state], text);
      return index === cells.length - 1 ? painted : padded(painted, widths[index] ?? 0);
    });
    return `  ${[head.padEnd(headWidth), ...texts].join('   ')}`.trimEnd();
  };
  return rows.map(line).join('\n');
}

/** A label and its text in a hanging column; `painted` is the label with its colour. */
function labelled(label: string, text: string, column: number, { width }: GateTerminalOptions, painted = label): string {
  const lines = wrapped(text, Math.max(30, width - indent - column));
  return lines.map(
    (line, index) => `${' '.repeat(indent)}${index === 0 ? `${painted}${' '.repeat(column - label.length)}` : ' '.repeat(column)}${line}`,
  ).join('\n');
}

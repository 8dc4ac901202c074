import { styleText } from 'node:util';
import type { Gate, GatePlatform } from '../../model/gate.ts';
import { padded, widest, wrapped } from '../../model/width.ts';
import { decisionLines } from './terminal-decisions.ts';
import { matrixOf, numberCells, textOf, waiverSentence, type Cell } from './rows.ts';

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
type Line = readonly [label: string, text: string, style?: Style];

const indent = 2;

const colours = {
  pass: 'green', waived: 'yellow', fail: 'red', inconclusive: 'yellow', missing: 'red',
} as const satisfies Record<GatePlatform['state'], Style>;

/** What a release manager reads at the end: the matrix, why it is blocked, the waivers, and the verdict last. */
export function gateTerminal(gate: Gate, { colour, width, file }: GateTerminalOptions): string {
  const paint: Paint = colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  const about = [gate.worker ?? 'no worker', ...(gate.commit === null ? [] : [`commit ${gate.commit.slice(0, 12)}`])].join('   ');
  const { verdict: { outcome, sentence }, blocks } = gate;
  const parts: readonly (readonly Line[])[] = [
    blocks.map(({ kind, severity, sentence: why }) => [kind, why, severity === 'wrong' ? 'red' : 'yellow']),
    gate.waivers.map((waiver) => ['waiver', waiverSentence(waiver), 'yellow']),
    [...gate.warnings, ...gate.notChecked.map((text) => `Not checked: ${text}`)].map((text) => ['note', text]),
    [[outcome.toUpperCase(), sentence, [colours[outcome], 'bold']], ...(file === undefined ? [] : [['decision', file] as const])],
  ];
  const column = 3 + Math.max(8, outcome.length, ...blocks.map(({ kind }) => kind.length));
  // A label with its colour, and its text in a hanging column.
  const labelled = ([label, text, style]: Line) => {
    const start = `${style === undefined ? label : paint(style, label)}${' '.repeat(column - label.length)}`;
    const lines = wrapped(text, Math.max(30, width - indent - column));
    return `${' '.repeat(indent)}${start}${lines.join(`\n${' '.repeat(indent + column)}`)}`;
  };
  return `${[
    `frostgate ${gate.tool.version}   release gate   ${about}`,
    matrix(gate, paint),
    decisionLines(gate, width, (state, text) => (state === 'pass' ? text : paint(colours[state], text))),
    ...parts.map((lines) => lines.map(labelled).join('\n')),
  ].filter((part) => part !== '').join('\n\n')}\n`;
}

/** Areas in rows and platforms in columns: five platforms are narrower than twelve areas. */
function matrix(gate: Gate, paint: Paint): string {
  const { areas, rows: platforms } = matrixOf(gate);
  const rows: readonly { readonly head: string; readonly cells: readonly Cell[] }[] = [
    { head: '', cells: gate.platforms.map(({ id, required }) => (required ? id : `${id} (not required)`)) },
    ...areas.map((head, index) => ({ head, cells: platforms.map((row) => row.areas[index] ?? '–') })),
    ...(['size', 'ready', 'memory'] as const).map((head) => ({ head, cells: gate.platforms.map((one) => numberCells(one)[head]) })),
    { head: 'verdict', cells: platforms.map(({ verdict }) => verdict) },
  ];
  const headWidth = Math.max(...rows.map(({ head }) => head.length));
  const widths = gate.platforms.map((_, index) => widest(rows.map(({ cells }) => textOf(cells[index] ?? ''))));
  return rows.map(({ head, cells }) => {
    const texts = cells.map((cell, index) => {
      const [mark] = typeof cell !== 'string' && 'marks' in cell ? cell.marks : [];
      const painted = mark === undefined ? textOf(cell) : paint(colours[mark.state], textOf(cell));
      return index === cells.length - 1 ? painted : padded(painted, widths[index] ?? 0);
    });
    return `  ${[head.padEnd(headWidth), ...texts].join('   ')}`.trimEnd();
  }).join('\n');
}

import { max } from 'simple-statistics';
import { formatBytes } from '../../../model/format.ts';
import { shorten } from '../../../model/text.ts';
import { html, type Markup } from '../markup.ts';
import { frame, rounded, rowHead } from './frame.ts';

/** What takes more bytes than before, or fewer. */
export type GrowthRow = { readonly name: string; readonly bytes: number; readonly remark: string };

const rowPx = 40;

/** A bar a row from the middle: to the right what has come, to the left what has gone. */
export function growthPlot(title: string, rows: readonly GrowthRow[]): Markup {
  const most = max([1, ...rows.map(({ bytes }) => Math.abs(bytes))]);
  // Where nothing has gone there is no left half.
  const [zero, unit] = rows.every(({ bytes }) => bytes >= 0) ? [0, 100 / most] : rows.every(({ bytes }) => bytes <= 0)
    ? [100, 100 / most] : [50, 50 / most];
  const bars = rows.map(({ name, bytes, remark }, index) => {
    const wide = Math.abs(bytes) * unit;
    const text = `${signedBytes(bytes)}${remark === '' ? '' : `, ${remark}`}`;
    return html`<g class="${bytes < 0 ? 'pass' : 'previous'}">${rowHead(index * rowPx, shorten(name, 32), text)}<rect class="span" x="${
      rounded(bytes < 0 ? zero - wide : zero, 2)}%" width="${rounded(wide, 2)}%" y="${index * rowPx + 20}" height="12" /></g>`;
  });
  const words = rows.map(({ name, bytes, remark }) => `${name} ${signedBytes(bytes)}${remark === '' ? '' : ` (${remark})`}`);
  return frame(title, `${words.join(', ')}.`, rows.length * rowPx, [
    html`<line class="zero" x1="${zero}%" x2="${zero}%" y1="0" y2="${rows.length * rowPx}" />`, bars,
  ]);
}

/** `+6.3 MB`, `−17 kB`. */
export function signedBytes(bytes: number): string {
  return `${bytes < 0 ? '−' : '+'}${formatBytes(Math.abs(bytes))}`;
}

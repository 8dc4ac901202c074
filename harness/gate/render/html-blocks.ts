import { html, joined, type Markup } from '../../report/html/markup.ts';
import { fit } from '../../report/html/parts/fit.ts';
import type { Block, Gate } from '../../model/gate.ts';
import { stateBadge } from './html-badge.ts';

const budgetBytes = 400_000;

/** Why it is blocked: first what concerns the release as a whole, then platform by platform in the order of the matrix. */
export function blockCards({ blocks, platforms }: Gate): Markup | undefined {
  if (blocks.length === 0) return undefined;
  const order = [undefined, ...platforms.map(({ id }) => id)];
  const groups = order.map(
    (platform) => ({ platform, own: blocks.filter((one) => one.platform === platform) }),
  ).filter(({ own }) => own.length > 0);
  const { shown, omitted } = fit(groups.flatMap(({ platform, own }) => [heading(platform, platforms), ...own.map(card)]), budgetBytes);
  return joined([...shown, omitted > 0 && html`<p>And ${omitted} more, which gate.json holds.</p>`], '\n');
}

function heading(platform: string | undefined, platforms: Gate['platforms']): Markup {
  const page = platforms.find(({ id }) => id === platform)?.report?.page;
  return html`<h3>${platform ?? 'The release as a whole'}${page !== undefined && html` <a class="small" href="${
    page}">its report</a>`}</h3>`;
}

function card({ kind, severity, platform, sentence }: Block): Markup {
  const start = `${platform ?? ''}: `;
  const text = sentence.startsWith(start) ? sentence.slice(start.length) : sentence;
  const state = severity === 'wrong' ? 'fail' : 'inconclusive';
  return html`<div class="card ${state}"><p>${stateBadge(state, kind)} ${text}</p></div>`;
}

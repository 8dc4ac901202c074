import type { TestPage } from './test-pages.ts';
import { forms, type Form } from './forms.ts';

/** A page that is spoilt in one way, and the words in which exactly that must be said. */
export type Sabotage = {
  readonly what: string;
  readonly form: Form['name'];
  readonly spoil: (html: string) => string;
  readonly said: RegExp;
};

const inMain = (piece: string) => (html: string) => html.replace('<main id="main">', () => `<main id="main">${piece}`);

/** Each rule of the browser test has its own: a rule that never fails proves nothing. */
export const sabotages: readonly Sabotage[] = [
  { what: 'a wide box', form: 'phone', spoil: inMain('<p style="width: 900px">wide</p>'), said: /^scrolls sideways: \d+ px in 360 px$/ },
  { what: 'a heading too deep', form: 'light', spoil: inMain('<h4>deep</h4>'), said: /^leaves out a level of headings: h0, then h4$/ },
  { what: 'tiny text', form: 'phone', spoil: inMain('<p style="font-size: 8px">tiny</p>'), said: /^text is too small, 8 px: tiny$/ },
  { what: 'a block in a paragraph', form: 'light', spoil: inMain('<p><div>x</div></p>'), said: /^the browser makes other elements of it/ },
  { what: 'folded paper', form: 'paper', spoil: (html) => html.replace(
    'content-visibility: visible', 'content-visibility: hidden',
  ), said: /^\d+ folded parts are not on paper$/ },
  { what: 'pale text', form: 'dark', spoil: inMain('<p style="color: #444">pale</p>'), said: /^axe color-contrast: / },
  { what: 'a foreign picture', form: 'light', spoil: inMain(
    '<img src="https://frostgate.invalid/x.png" alt="" />',
  ), said: /^console: .*Content Security Policy/ },
  { what: 'a request', form: 'light', spoil: (html) => inMain('<img src="https://frostgate.invalid/x.png" alt="" />')(
    html.replace(/<meta http-equiv[^>]*>/, '<meta name="none" content="" />'),
  ), said: /^asks for https:\/\/frostgate\.invalid\/x\.png$/ },
];

/** The spoilt page and the form to look at it in. */
export function spoilt({ spoil, form: wanted }: Sabotage, page: TestPage): { readonly page: TestPage; readonly form: Form } {
  const form = forms.find(({ name }) => name === wanted);
  if (form === undefined) throw new TypeError(`There is no form "${wanted}".`);
  return { page: { ...page, name: 'spoilt', html: () => spoil(page.html()), pictures: false }, form };
}

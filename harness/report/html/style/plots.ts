/** Plots: their width follows the page, their text does not, so it can be read on a phone. */
export const plots = `
figure { margin: 0 0 1.5rem; }
figcaption { margin-bottom: .375rem; font-size: .875rem; }
figcaption b { font-weight: 600; }
.plot { display: block; width: 100%; overflow: visible; font-size: 12px; font-variant-numeric: tabular-nums; }
.plot text { fill: var(--muted); stroke: var(--paper); stroke-width: 4; stroke-linejoin: round; paint-order: stroke; }
.plot .name { fill: var(--ink); }
.plot .grid { stroke: var(--line); stroke-width: 1; }
.plot .dot { fill: var(--tone); fill-opacity: .55; stroke: var(--tone); stroke-width: 1; }
.plot .median { stroke: var(--tone); stroke-width: 2.5; }
.plot .limit { stroke: var(--fail); stroke-width: 1.5; stroke-dasharray: 5 3; }
.plot .limit-name { fill: var(--fail); }
.plot .course { fill: none; stroke: var(--tone); stroke-width: 1.75; stroke-linejoin: round; }
.plot .span { fill: var(--tone); stroke: var(--paper); stroke-width: 1; }
.plot .cell { fill: var(--tone); fill-opacity: .22; stroke: var(--tone); stroke-width: 1; }
.plot .cell-text { fill: var(--ink); stroke: none; }
.roomy, .narrow { display: none; }
@media (min-width: 60rem) {
  .roomy { display: inline; }
  .tight { display: none; }
}
@media (max-width: 40rem) {
  .wide { display: none; }
  .narrow { display: block; }
}
.subject { --tone: var(--subject); }
.baseline { --tone: var(--baseline); }
.previous { --tone: var(--previous); }
.manager { --tone: var(--manager); }
.one { --tone: var(--span-one); }
.two { --tone: var(--span-two); }
.three { --tone: var(--span-three); }
.four { --tone: var(--span-four); }
.five { --tone: var(--span-five); }
.key { display: inline-block; width: .75em; height: .75em; margin-right: .375em; border-radius: 2px; background: var(--tone);
  print-color-adjust: exact; }`;

/** The small parts: verdict, badges, definitions, folded details, logs. */
export const parts = `
.pass { --tone: var(--pass); --wash: var(--pass-wash); }
.fail { --tone: var(--fail); --wash: var(--fail-wash); }
.inconclusive { --tone: var(--unsure); --wash: var(--unsure-wash); }
.not-applicable { --tone: var(--none); --wash: var(--none-wash); }
.verdict { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .25rem 1.25rem; align-items: baseline; margin: 0 0 1.25rem;
  padding: .875rem 1.25rem; background: var(--wash); border-left: .375rem solid var(--tone); border-radius: 0 4px 4px 0; }
.verdict p { margin: 0; }
.verdict .word { font-size: 1.625rem; line-height: 1.2; color: var(--tone); letter-spacing: .01em; }
.verdict .sentence { font-size: 1.0625rem; }
.reservations { margin: .5rem 0 0; padding-left: 1.125rem; font-size: .9375rem; }
.badge { display: inline-block; padding: 0 .5em; border-radius: 3px; background: var(--wash); color: var(--tone); font-size: .8125rem;
  font-weight: 600; white-space: nowrap; }
.definitions { margin: 0 0 .75rem; font-size: .875rem; }
.definitions > div { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); column-gap: .75rem; padding: .125rem 0; }
.definitions dt { color: var(--muted); }
.definitions dd { margin: 0; }
.definitions dd p, .definitions dd pre, .definitions dd details { margin: 0 0 .375rem; }
.definitions dd > :last-child { margin-bottom: 0; }
.identity .definitions { margin: 0; }
.lines { white-space: pre-wrap; }
.nowrap { white-space: nowrap; }
.columns { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); column-gap: 2.5rem; }
.card { margin: 0 0 1rem; padding: .125rem 0 .125rem 1rem; border-left: .1875rem solid var(--tone, var(--line)); }
.card > :first-child { margin-top: 0; }
.card .definitions > div { grid-template-columns: 5.5rem minmax(0, 1fr); }
.card .promise { font-weight: 400; font-size: .9375rem; color: var(--muted); }
.to-do { margin-bottom: 1.25rem; }
.to-do h2 { margin-bottom: .375rem; }
.to-do ol { margin: 0; }
.card > :last-child { margin-bottom: 0; }
details { margin: 0 0 .5rem; }
summary { cursor: pointer; }
summary > h3, summary > h4 { display: inline; margin: 0; }
details.area { margin: 0; border-bottom: 1px solid var(--line); }
details.area:last-of-type { border-bottom: 0; }
details.area > summary { padding: .5rem 0; }
details.area[open] { padding-bottom: .75rem; }
td details { margin: 0; }
details ul { margin: .25rem 0; }
.log { margin-bottom: .75rem; padding: .5rem 0; background: var(--soft); border: 1px solid var(--line); border-radius: 4px;
  font-size: .8125rem; }
.log .line { display: grid; grid-template-columns: 3.25rem minmax(0, 1fr); column-gap: .75rem; padding-right: .75rem; }
.log code { font-size: inherit; white-space: pre-wrap; }
.log .line-number { color: var(--muted); text-align: right; font-variant-numeric: tabular-nums; user-select: none; }
.log .told { background: var(--told-wash); box-shadow: inset .1875rem 0 var(--unsure); }
.log .told b { color: var(--unsure); }
.log .gap, .log summary { color: var(--muted); }
.log details { margin: 0; }
.log summary { padding-left: 1.25rem; }
@media (max-width: 40rem) {
  .verdict { grid-template-columns: minmax(0, 1fr); padding: .75rem 1rem; }
  .definitions > div, .card .definitions > div { grid-template-columns: 5.25rem minmax(0, 1fr); }
}`;

/** Typography and the frame of the page. */
export const text = `
*, *::before, *::after { box-sizing: border-box; }
html { font-size: 93.75%; -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 1.25rem 1.5rem 3rem; max-width: 68rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, h4 { line-height: 1.3; font-weight: 600; text-wrap: balance; }
h1 { font-size: 1.5rem; margin: 0 0 .75rem; }
h2 { font-size: 1.2rem; margin: 0 0 .75rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1rem 0 .25rem; }
p, ul, ol, dl, figure, pre { margin: 0 0 .75rem; }
ul, ol { padding-left: 1.25rem; }
section { margin-top: 2.25rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: 1px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; }
pre { padding: .625rem .75rem; background: var(--soft); border: 1px solid var(--line); border-radius: 4px; white-space: pre-wrap;
  font-size: .8125rem; }
pre code { font: inherit; }
.muted { color: var(--muted); }
.small { font-size: .875rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--paper); border: 1px solid var(--line);
  z-index: 2; }
.skip:focus { top: .5rem; }
nav { margin-bottom: 1.25rem; font-size: .8125rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .125rem 1rem; margin: 0; padding: 0; list-style: none; }
nav a { color: var(--muted); text-decoration: none; }
nav a:hover, nav a:focus { color: var(--link); text-decoration: underline; }
footer { margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--line); font-size: .8125rem; color: var(--muted); }
@media (min-width: 82rem) {
  body:has(> nav) { display: grid; grid-template-columns: 10.5rem minmax(0, 1fr); column-gap: 2.5rem; max-width: 81rem; }
  body > nav { position: sticky; top: 1.25rem; align-self: start; margin: 0; grid-row: 1 / span 2; }
  nav ul { flex-direction: column; gap: .375rem; }
  body > main, body > footer { grid-column: 2; }
}
@media (max-width: 40rem) {
  body { padding: 1rem 1rem 2rem; }
  nav ul { flex-wrap: nowrap; overflow-x: auto; padding-bottom: .25rem; white-space: nowrap; }
}`;

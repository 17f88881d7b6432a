/** The style of the reference page, with the colours and sizes of the web app. */
export const docsStyle = `
:root {
  color-scheme: light dark;
  --ground: #fbfaf7; --surface: #fff; --sunken: #f4f1eb; --line: #e7e2d8; --text: #1c1a17; --muted: #544f47;
  --accent: #0f766e; --accent-ink: #0a524c; --accent-soft: #e1f1ee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #151412; --surface: #1e1c19; --sunken: #262320; --line: #37332d; --text: #f4f1ea; --muted: #bdb5a8;
    --accent: #5fc4b8; --accent-ink: #8bd8ce; --accent-soft: #17332f;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.55 Figtree, system-ui, sans-serif; }
a { color: var(--accent-ink); }
:focus-visible { outline: 2.5px solid var(--accent); outline-offset: 2px; }
h1, h2, h3, h4 { line-height: 1.2; letter-spacing: -0.012em; text-wrap: balance; }
h1 { margin: 0; font-size: 34px; }
h2 { margin: 56px 0 4px; font-size: 26px; }
h3 { margin: 10px 0 0; font-size: 17px; font-weight: 600; overflow-wrap: anywhere; }
h4 { margin: 20px 0 4px; font-size: 13px; color: var(--muted); }
p { max-width: 70ch; margin: 8px 0; }
code { font: 13px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 16px; padding: 8px 12px; background: var(--surface); }
.layout { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 76rem; margin: 0 auto; }
nav { position: sticky; top: 0; align-self: start; max-height: 100dvh; overflow: auto; padding: 32px 16px 32px 24px; }
nav ul { margin: 0 0 16px; padding: 0; list-style: none; }
nav a { display: block; padding: 6px 8px; border-radius: 10px; color: var(--muted); text-decoration: none; }
nav a:hover { background: var(--sunken); color: var(--text); }
nav strong { display: block; font-size: 13px; color: var(--text); }
main { padding: 40px 24px 96px; min-width: 0; }
article { margin: 16px 0 24px; padding: 20px; background: var(--surface); border: 1px solid var(--line); border-radius: 16px; }
.address { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; margin: 0; }
.address a { color: inherit; text-decoration: none; }
.address a:hover { text-decoration: underline; }
.path { font-size: 15px; font-weight: 600; overflow-wrap: anywhere; }
.method { padding: 2px 8px; border: 1px solid var(--accent); border-radius: 10px; color: var(--accent-ink); background: var(--accent-soft); font: 600 13px/1.4 ui-monospace, monospace; }
.access { margin-left: auto; font-size: 13px; color: var(--muted); }
.wide { overflow-x: auto; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
th { padding: 6px 12px 6px 0; font-size: 13px; font-weight: 500; text-align: left; color: var(--muted); }
td { padding: 8px 12px 8px 0; border-top: 1px solid var(--line); vertical-align: top; }
td:first-child { width: 15rem; }
td p { margin: 0; }
td .limits { color: var(--muted); font-size: 13px; overflow-wrap: anywhere; }
.required { color: var(--muted); font-size: 13px; white-space: nowrap; }
summary { margin-top: 16px; padding: 8px 0; cursor: pointer; font-weight: 500; }
@media (max-width: 52rem) {
  .layout { display: block; }
  nav { position: static; display: flex; flex-wrap: wrap; max-height: none; padding: 16px 8px 0; }
  nav ul { display: none; }
  main { padding: 16px 16px 64px; }
  article { padding: 16px; }
  .access { margin-left: 0; width: 100%; }
  table { table-layout: fixed; }
  td:first-child, th:first-child { width: 40%; }
  nav a { min-height: 44px; }
}
@media print { nav { display: none; } .layout { display: block; } article { break-inside: avoid; } }
`;

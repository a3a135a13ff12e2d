/**
 * The style of the page. Colors differ in lightness and hue, for color-blind people. The page also names each phase and
 * status as text.
 */
export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --muted: #57606a; --ground: #fff; --panel: #f6f8fa; --line: #d0d7de;
  --queued: #bdc4cc; --starting: #8fb8e8; --running: #2f6fb7; --stopping: #e0a13a; --good: #1a7f37; --bad: #b3261e; --on-light: #1b1f24; --on-running: #fff; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --muted: #9198a1; --ground: #0d1117; --panel: #161b22; --line: #3d444d;
  --queued: #8b949e; --starting: #6ea1d4; --running: #79b8ff; --stopping: #d29922; --good: #3fb950; --bad: #ff7b72; --on-light: #0d1117; --on-running: #0d1117; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 60rem; font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); overflow-wrap: break-word; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.1rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
p.made { color: var(--muted); margin: .25rem 0 1.25rem; }
article { border: 1px solid var(--line); border-radius: 8px; padding: 1rem; margin: 0 0 1rem; break-inside: avoid-page; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .5rem 0; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
.status { font-weight: 600; } .completed { color: var(--good); } .failed, .aborted { color: var(--bad); }
pre { background: var(--panel); border-radius: 6px; padding: .75rem; margin: .5rem 0 0; overflow-x: auto; font: 12.5px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
pre b { unicode-bidi: isolate; } details { margin-top: .75rem; } summary { cursor: pointer; color: var(--muted); } figure { margin: .75rem 0 0; } figcaption { color: var(--muted); font-size: .85rem; }
svg { display: block; width: 100%; height: auto; margin: .5rem 0; } .tick { font: 11px system-ui, sans-serif; fill: var(--muted); }
.in-bar { font: 12px system-ui, sans-serif; fill: var(--on-light); } .in-bar.running { fill: var(--on-running); } .axis, .grid { stroke: var(--line); stroke-width: 1; }
.curve { fill: none; stroke: var(--running); stroke-width: 2; } .phase { stroke: var(--ground); stroke-width: 1; }
.phases { display: flex; flex-wrap: wrap; gap: 0 1rem; list-style: none; margin: .25rem 0; padding: 0; color: var(--muted); font-size: .85rem; }
.phases i { display: inline-block; width: .7em; height: .7em; margin-right: .35em; border: 1px solid var(--muted); print-color-adjust: exact; }
i.queued { background: var(--queued); } i.starting { background: var(--starting); } i.running { background: var(--running); } i.stopping { background: var(--stopping); }
rect.queued { fill: var(--queued); } rect.starting { fill: var(--starting); } rect.running { fill: var(--running); } rect.stopping { fill: var(--stopping); }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.25rem; } th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; } td:first-child { white-space: normal; overflow-wrap: anywhere; }
td.status { max-width: 9rem; white-space: normal; }
@media (max-width: 48rem) { svg { overflow: visible; } .tick { font-size: 15px; } .in-bar { display: none; } }
@media (max-width: 36rem) { .machine { display: none; } th, td { padding: .3rem; } .tick { font-size: 18px; } }
th { color: var(--muted); font-weight: 600; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
fieldset { border: 0; padding: 0; margin: 0 0 .75rem; } label { margin-right: 1rem; }
body:has(#only-failed:checked) [data-kind]:not([data-kind="failed"]):not([data-kind="aborted"]),
body:has(#only-active:checked) [data-kind="completed"], body:has(#only-active:checked) [data-kind="failed"], body:has(#only-active:checked) [data-kind="aborted"] { display: none; }
a { color: inherit; } @media print { body { max-width: none; padding: 0; } fieldset { display: none; } details:not([open]) > *:not(summary) { display: block; } details::details-content { content-visibility: visible; height: auto; } }
`.trim();

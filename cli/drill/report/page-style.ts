/** The style sheet of a drill's page: light and dark, from a phone's width on, without anything external. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #16202a; --soft: #5a6672; --paper: #fbfbfa; --card: #fff; --rule: #dfe3e6;
  --s0: #1f6fb2; --s1: #c2571a; --s2: #2c8a5b; --s3: #7a4fb0; --bad: #c0262d; --good: #1d7a45; --open: #8a6300; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaee; --soft: #9aa6b2; --paper: #12171c; --card: #1a2128;
  --rule: #303a44; --s0: #6cb2ee; --s1: #f09a5f; --s2: #63c894; --s3: #b794ea; --bad: #ff7b78; --good: #66cf92;
  --open: #e5b84b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1060px; margin: 0 auto; padding: 20px 16px 60px; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 32px 0 8px; }
h3 { font-size: .95rem; margin: 18px 0 0; } h3 .soft { font-weight: 400; }
p { margin: 4px 0; } .soft { color: var(--soft); } code { font-size: .9em; overflow-wrap: anywhere; }
.verdict { display: inline-block; padding: 2px 12px; border-radius: 6px; color: var(--card); font-weight: 700; }
.passed { background: var(--good); } .failed { background: var(--bad); } .inconclusive { background: var(--open); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin: 16px 0; }
.tile { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: 10px 12px; }
.tile b { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: .85rem; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; }
.scroll:focus-visible, summary:focus-visible, a:focus-visible { outline: 3px solid var(--s0); outline-offset: 2px; }
svg { display: block; width: 100%; min-width: 640px; height: auto; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke: var(--ink); }
.s0 { stroke: var(--s0); } .s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); } .s3 { stroke: var(--s3); }
.line.bad { stroke: var(--bad); } .line.thin { stroke-width: 1.2; stroke-dasharray: 5 3; }
.grid { stroke: var(--rule); } .axis { fill: var(--soft); font-size: 12px; } .hit { fill: transparent; }
.hit:hover { fill: var(--ink); fill-opacity: .06; }
.mark line { stroke: var(--soft); stroke-dasharray: 3 3; } .mark text { fill: var(--soft); font-size: 12px; }
.mark.fault line { stroke: var(--bad); stroke-dasharray: none; } .mark.fault text { fill: var(--bad); font-weight: 700; }
.mark.repair line { stroke: var(--good); stroke-dasharray: none; }
.mark.repair text { fill: var(--good); font-weight: 700; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; margin: 6px 0; list-style: none; font-size: .85rem; }
.legend svg { display: inline-block; width: 26px; min-width: 0; height: 10px; vertical-align: middle; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 5px 10px; border-bottom: 1px solid var(--rule); vertical-align: top; }
th { color: var(--soft); font-weight: 600; white-space: nowrap; } td.number, th.number { text-align: right; }
tr:last-child td { border-bottom: 0; } .held { color: var(--good); font-weight: 700; }
.broken { color: var(--bad); font-weight: 700; } .unknown { color: var(--open); font-weight: 700; }
details { margin: 8px 0; } summary { cursor: pointer; padding: 4px 0; }
ol { padding-left: 1.4em; } li { margin: 2px 0; }
`;

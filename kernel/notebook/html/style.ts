/** The page's look: quiet, in the colours of the system's scheme, and fit for paper. */
export const style = `:root {
  color-scheme: light dark;
  --text: light-dark(#1f2328, #dfe3e8);
  --faint: light-dark(#6b7480, #8d96a0);
  --line: light-dark(#d8dee4, #373e47);
  --page: light-dark(#fff, #15191e);
  --box: light-dark(#f6f8fa, #1d2229);
  --link: light-dark(#0b63ce, #6cb0ff);
  --wrong: light-dark(#c4262e, #ff7b72);
  --wrong-box: light-dark(#fff3f2, #2b1a1c);
  --warn-box: light-dark(#fff9e8, #27221a);
  --keyword: light-dark(#8431a5, #d7a1f9);
  --string: light-dark(#1a6b35, #8fd19e);
  --number: light-dark(#0b57a8, #7cc0ff);
  --type: light-dark(#8a4b00, #f0b872);
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", Menlo, monospace;
}
* { box-sizing: border-box; }
html { background: var(--page); scroll-behavior: smooth; }
body { margin: 0; color: var(--text); background: var(--page); font: 16px/1.6 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem 4rem; }
a { color: var(--link); }
:target { scroll-margin-top: 1rem; }

.contents { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 0 4rem; font-size: .875rem; line-height: 1.45; }
.contents ul { margin: 0; padding: 0 0 0 .75rem; list-style: none; border-left: 2px solid var(--line); }
.contents li { padding: .1rem 0; overflow-wrap: anywhere; }
.contents a { color: var(--faint); text-decoration: none; }
.contents a:hover { color: var(--link); }
.contents .level-1 { padding-left: 1rem; }
.contents .level-2 { padding-left: 2rem; }
.contents .level-3 { padding-left: 3rem; }
@media (min-width: 96rem) {
  .contents { position: fixed; top: 2rem; left: 1.25rem; width: 14rem; max-height: calc(100vh - 4rem); overflow: auto; padding: 0; }
}

.cell { position: relative; margin: 0 0 1.25rem; }
.count { position: absolute; right: calc(100% + .75rem); top: .7rem; color: var(--faint); font: .75rem/1.5 var(--mono); }
pre { margin: 0; font: .84375rem/1.5 var(--mono); tab-size: 4; }
.input, .prose pre, .raw pre { padding: .65rem .9rem; overflow-x: auto; background: var(--box); border: 1px solid var(--line); border-radius: 6px; }
.prose pre { margin-bottom: .8em; }
.raw pre { background: none; border-style: dashed; white-space: pre-wrap; overflow-wrap: anywhere; }
.k { color: var(--keyword); }
.s { color: var(--string); }
.n { color: var(--number); }
.t { color: var(--type); }
.c { color: var(--faint); font-style: italic; }

.output { margin: .6rem 0 0; padding: 0 .9rem; max-height: 45rem; overflow: auto; }
.output + .output { margin-top: .5rem; }
pre.output { white-space: pre; }
pre.stdout, pre.stderr, pre.error { white-space: pre-wrap; overflow-wrap: anywhere; }
.stderr { padding-top: .4rem; padding-bottom: .4rem; background: var(--warn-box); border-radius: 6px; }
.error { padding-top: .5rem; padding-bottom: .5rem; background: var(--wrong-box); border-left: 3px solid var(--wrong); border-radius: 0 6px 6px 0; }
.nothing { color: var(--faint); font-size: .875rem; }
.picture { max-height: none; }
img { max-width: 100%; height: auto; }
.picture img { display: block; background: #fff; }
.html { font-size: .875rem; line-height: 1.45; }

h1, h2, h3, h4, h5, h6 { margin: 1.6em 0 .5em; line-height: 1.25; font-weight: 650; }
.cell:first-child > :first-child, .cell.prose > :first-child { margin-top: 0; }
.cell.prose:not(:first-child) > :is(h1, h2, h3):first-child { margin-top: 1.2em; }
h1 { font-size: 1.9rem; }
h2 { font-size: 1.4rem; padding-bottom: .25em; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.15rem; }
h4, h5, h6 { font-size: 1rem; }
p, ul, ol, blockquote, table { margin: 0 0 .8em; }
.prose > :last-child { margin-bottom: 0; }
.prose { overflow-wrap: break-word; }
.prose table { display: block; overflow-x: auto; }
:where(table) { border-collapse: collapse; font-variant-numeric: tabular-nums; }
:where(th, td) { padding: .25rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
blockquote { padding: 0 1rem; color: var(--faint); border-left: 3px solid var(--line); }
.prose :not(pre) > code { padding: .1em .3em; background: var(--box); border-radius: 4px; font: .875em var(--mono); }
.math { font-family: var(--mono); font-size: .9em; }
.task { list-style: none; margin-left: -1.3em; }
hr { border: 0; border-top: 1px solid var(--line); }

.ansi-black-bg { color: #fff; background: light-dark(#24292f, #484f58); }
.ansi-red-bg { background: light-dark(#ffc9c5, #8e1519); }
.ansi-green-bg { background: light-dark(#b6f0c2, #0f5323); }
.ansi-yellow-bg { background: light-dark(#fbe59b, #6b4b00); }
.ansi-blue-bg { background: light-dark(#c3dfff, #0c3d7a); }
.ansi-magenta-bg { background: light-dark(#ecd5fa, #5a2a78); }
.ansi-cyan-bg { background: light-dark(#b9eef2, #0b4f57); }
.ansi-white-bg { color: #1f2328; background: light-dark(#e6e9ed, #b1bac4); }
.ansi-bright-black-bg { background: light-dark(#8d96a0, #6e7681); }
.ansi-bright-red-bg { background: light-dark(#ff9b94, #c4262e); }
.ansi-bright-green-bg { background: light-dark(#7ee08f, #1a7f37); }
.ansi-bright-yellow-bg { background: light-dark(#f5cf4c, #9a6700); }
.ansi-bright-blue-bg { background: light-dark(#8cc2ff, #1158c7); }
.ansi-bright-magenta-bg { background: light-dark(#d9adf5, #8431a5); }
.ansi-bright-cyan-bg { background: light-dark(#7fdde4, #0e7480); }
.ansi-bright-white-bg { color: #1f2328; background: light-dark(#fff, #f0f3f6); }
.ansi-black-fg { color: light-dark(#24292f, #6e7681); }
.ansi-red-fg { color: light-dark(#c4262e, #ff7b72); }
.ansi-green-fg { color: light-dark(#1a7f37, #56d364); }
.ansi-yellow-fg { color: light-dark(#8a6100, #e3b341); }
.ansi-blue-fg { color: light-dark(#0b57a8, #79b8ff); }
.ansi-magenta-fg { color: light-dark(#8431a5, #d7a1f9); }
.ansi-cyan-fg { color: light-dark(#0e7480, #56d4dd); }
.ansi-white-fg { color: light-dark(#6e7781, #f0f3f6); }
.ansi-bright-black-fg { color: light-dark(#6b7480, #8d96a0); }
.ansi-bright-red-fg { color: light-dark(#a40e26, #ffa198); }
.ansi-bright-green-fg { color: light-dark(#156d2e, #7ee787); }
.ansi-bright-yellow-fg { color: light-dark(#7a5500, #f2cc60); }
.ansi-bright-blue-fg { color: light-dark(#0969da, #a5d6ff); }
.ansi-bright-magenta-fg { color: light-dark(#6f2da8, #e2c5ff); }
.ansi-bright-cyan-fg { color: light-dark(#1b7c83, #76e3ea); }
.ansi-bright-white-fg { color: light-dark(#57606a, #fff); }
.ansi-black-fg:is([class*="-bg"]) { color: light-dark(#1f2328, #0a0c10); }
:is(.ansi-white-fg, .ansi-bright-white-fg):is([class*="-bg"]) { color: light-dark(#1f2328, #fff); }
:is(.ansi-white-fg, .ansi-bright-white-fg):is(.ansi-black-bg, .ansi-bright-black-bg) { color: #fff; }

@media (max-width: 40rem) {
  main, .contents { padding-left: 1rem; padding-right: 1rem; }
  .count { position: static; display: block; }
}
@media print {
  :root { color-scheme: light; }
  main { max-width: none; padding: 0 0 0 2.5rem; }
  .contents { display: none; }
  .output { max-height: none; overflow: visible; }
  .input, .prose pre, pre.output { white-space: pre-wrap; overflow-wrap: anywhere; }
  .picture, tr { break-inside: avoid; }
  h1, h2, h3, h4 { break-after: avoid; }
}
`;

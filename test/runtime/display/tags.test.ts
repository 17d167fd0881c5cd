import assert from "node:assert/strict";
import { test } from "node:test";
import { displaySymbol, html, md, svg } from "../../../runtime/display/tags.ts";

test("values in html`…` are escaped, unless they are html`…` themselves", () => {
  const name = "<script>alert(1)</script>";
  assert.equal(`${html`<p title="${'"'}">${name}</p>`}`, '<p title="&quot;">&lt;script&gt;alert(1)&lt;/script&gt;</p>');
  assert.equal(`${html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}</ul>`}`, "<ul><li>1</li><li>2</li></ul>");
  assert.equal(`${html`a${null}${undefined}${false}${0}b`}`, "a0b");
});

test("each tag gives a bundle of its kind, with text for where there is only text", () => {
  assert.deepEqual(html`<p>a &amp; <b>b</b></p><p>${"<c>"}</p>`[displaySymbol](), {
    "text/html": "<p>a &amp; <b>b</b></p><p>&lt;c&gt;</p>",
    "text/plain": "a & b\n<c>",
  });
  assert.deepEqual(Object.keys(md`# x`[displaySymbol]()), ["text/markdown", "text/plain"]);
  assert.deepEqual(svg` <svg>${"<"}</svg> `[displaySymbol](), {
    "image/svg+xml": "<svg>&lt;</svg>",
    "text/plain": "<svg>&lt;</svg>",
  });
});

test("md`…` loses the indentation of the code around it, and keeps its own", () => {
  const list = "- one\n- two";
  const text = md`
      # Title

      - a
        - b

      ${list}
    `;
  assert.equal(text.text, "# Title\n\n- a\n  - b\n\n- one\n- two");
});
